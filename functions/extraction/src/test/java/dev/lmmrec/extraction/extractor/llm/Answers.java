package dev.lmmrec.extraction.extractor.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers as models write them. */
final class Answers {

    private Answers() {}

    /** An answer that fits the schema, with one ITEM motivation per evidence. */
    static String of(String... evidences) {
        List<Map<String, Object>> motivations = new ArrayList<>();
        for (String evidence : evidences) {
            motivations.add(motive("reads as " + motivations.size() + " good traits", evidence));
        }
        return with(motivations, List.of("lamp"));
    }

    static Map<String, Object> motive(String statement, String evidence) {
        return Map.of(
                "side",
                "ITEM",
                "facet",
                "quality",
                "otherFacet",
                "",
                "polarity",
                "POSITIVE",
                "statement",
                statement,
                "evidence",
                evidence,
                "strength",
                0.8,
                "confidence",
                0.9);
    }

    static String with(List<?> motivations, List<String> kind) {
        return WireForm.json(Map.of(
                "observations", List.of("writes of a lamp"),
                "candidates", List.of(Map.of("side", "ITEM", "idea", "bright")),
                "checks", List.of(Map.of("idea", "bright", "quote", "so bright", "shown", true)),
                "motivations", motivations,
                "kind", kind));
    }
}
