package dev.lmmrec.scoring.api;

import dev.lmmrec.scoring.ranking.Conditions;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Conditions as a query string says them. */
public final class ConditionParameters {

    /** The most items one request may ask for. */
    static final int K_MAX = 100;

    /** The most entries of a list of items or kinds. */
    static final int ENTRIES_MAX = 1_000;

    /** The most motives one request may leave out. */
    static final int MOTIVATIONS_MAX = 100;

    static final double SCORE_LIMIT = 1e9;

    /** How many, 1 to 100. */
    @QueryParam("k")
    @DefaultValue("10")
    public String k;

    /** Whether items that the user has reviewed may be among them. */
    @QueryParam("includeSeen")
    @DefaultValue("false")
    public String includeSeen;

    /** Only these items. */
    @QueryParam("items")
    public List<String> items;

    /** None of these items. */
    @QueryParam("excludeItems")
    public List<String> excludeItems;

    /** Only things of these kinds. */
    @QueryParam("kinds")
    public List<String> kinds;

    /** Nothing of these kinds. */
    @QueryParam("excludeKinds")
    public List<String> excludeKinds;

    /** None below this score. */
    @QueryParam("minScore")
    public String minScore;

    /** 0 to 1. */
    @QueryParam("diversity")
    @DefaultValue("0")
    public String diversity;

    /** The kind of reason that matters most now. */
    @QueryParam("facet")
    public String facet;

    /** Read by the container. */
    public ConditionParameters() {}

    /** Reads a list of words. */
    @FunctionalInterface
    interface Words {

        /** The words of a field, checked. */
        Set<String> of(String field, List<String> said, int most);
    }

    Conditions read() {
        return read(Fields::words);
    }

    Conditions read(Words words) {
        return new Conditions(
                Fields.whole("k", k, 1, K_MAX),
                Fields.flag("includeSeen", includeSeen),
                words.of("items", items, ENTRIES_MAX),
                words.of("excludeItems", excludeItems, ENTRIES_MAX),
                words.of("kinds", kinds, ENTRIES_MAX),
                words.of("excludeKinds", excludeKinds, ENTRIES_MAX),
                minScore == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Fields.number("minScore", minScore, -SCORE_LIMIT, SCORE_LIMIT)),
                Optional.ofNullable(facet).map(name -> Fields.facet("facet", name)),
                Fields.number("diversity", diversity, 0, 1));
    }
}
