package dev.lmmrec.extraction.extractor.llm;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The form of the model's answer: first its thoughts in order, then what survived them. The JSON schema that the model
 * is held to is made of this record.
 *
 * @param observations who writes, in what situation, after what
 * @param candidates possible motivations
 * @param checks each candidate held against a quote
 * @param motivations what is left
 * @param kind nouns for the kind of thing
 */
record ModelAnswer(
        List<String> observations,
        List<Idea> candidates,
        List<Check> checks,
        List<Motive> motivations,
        List<String> kind) {

    /** The facets in the spelling of the schema. */
    enum FacetName {
        FUNCTION,
        QUALITY,
        DURABILITY,
        PRICE,
        DESIGN,
        CONVENIENCE,
        SERVICE,
        SOCIAL,
        EMOTION,
        IDENTITY,
        NOVELTY,
        COMPARISON
    }

    /** A possible motivation. */
    record Idea(Side side, String idea) {}

    /** A possible motivation and the words that are to show it. */
    record Check(String idea, String quote, boolean shown) {}

    /** A motivation that survived the checks. */
    record Motive(
            Side side,
            FacetName facet,
            Polarity polarity,
            String statement,
            String evidence,
            Double strength,
            Double confidence) {

        boolean isComplete() {
            return Stream.of(side, facet, polarity, statement, evidence, strength, confidence)
                    .allMatch(Objects::nonNull);
        }
    }

    /** Whether nothing is missing that the schema asks for, the thoughts included. */
    boolean isComplete() {
        return Stream.of(observations, candidates, checks, motivations, kind).allMatch(Objects::nonNull)
                && kind.stream().allMatch(Objects::nonNull)
                && motivations.stream().allMatch(motive -> motive != null && motive.isComplete())
                && (motivations.isEmpty() || !checks.isEmpty());
    }
}
