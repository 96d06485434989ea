package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Whether the function can rank.
 *
 * @param status {@code ready}, or {@code no-artefact} before the first promotion
 * @param modelVersion the artefact in use
 * @param users how many users it knows
 * @param items how many items it ranks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Health(String status, String modelVersion, Integer users, Integer items) {}
