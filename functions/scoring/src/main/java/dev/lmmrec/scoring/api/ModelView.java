package dev.lmmrec.scoring.api;

import dev.lmmrec.models.Manifest;
import java.util.Map;
import java.util.TreeMap;

/**
 * An artefact as clients see it.
 *
 * @param name the model's name
 * @param modelVersion the artefact's version
 * @param createdAt when it was made, ISO 8601
 * @param encoderId the sentence encoder of its text
 * @param dataFingerprint of the interactions it was trained on
 * @param users how many it knows
 * @param items how many it ranks
 * @param metrics what was measured on held-out interactions
 */
public record ModelView(
        String name,
        String modelVersion,
        String createdAt,
        String encoderId,
        String dataFingerprint,
        int users,
        int items,
        Map<String, Double> metrics) {

    static ModelView of(Manifest manifest) {
        return new ModelView(
                manifest.name(),
                manifest.version(),
                manifest.createdAt(),
                manifest.encoderId(),
                manifest.dataFingerprint(),
                manifest.users(),
                manifest.items(),
                new TreeMap<>(manifest.metrics()));
    }
}
