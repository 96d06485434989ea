package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Some of the users that the artefact knows.
 *
 * @param modelVersion the artefact
 * @param userIds in the order of the ids
 * @param next what to give as {@code after} for those that follow; absent if none do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Users(String modelVersion, List<String> userIds, String next) {

    /** Copies the ids. */
    public Users {
        userIds = List.copyOf(userIds);
    }
}
