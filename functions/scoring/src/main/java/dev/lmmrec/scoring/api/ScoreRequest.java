package dev.lmmrec.scoring.api;

import java.util.List;

/**
 * Candidates to be scored.
 *
 * @param userId for whom
 * @param itemIds the candidates
 */
public record ScoreRequest(String userId, List<String> itemIds) {}
