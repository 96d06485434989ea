package dev.lmmrec.extraction.extractor.llm;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model's answer as it came: any part may be missing.
 *
 * @param observations who writes, in what situation, after what
 * @param candidates possible motivations
 * @param checks each candidate held against a quote
 * @param motivations what is left
 * @param kind nouns for the kind of thing
 */
@RegisterForReflection
record ModelAnswer(
        List<String> observations,
        List<Idea> candidates,
        List<Check> checks,
        List<Motive> motivations,
        List<String> kind) {

    /** A possible motivation. */
    @RegisterForReflection
    record Idea(Side side, String idea) {}

    /** A possible motivation and the words that are to show it. */
    @RegisterForReflection
    record Check(String idea, String quote, Boolean shown) {}

    /** A motivation that survived the checks. */
    @RegisterForReflection
    record Motive(
            Side side,
            String facet,
            String otherFacet,
            Polarity polarity,
            String statement,
            String evidence,
            Double strength,
            Double confidence) {

        private boolean isComplete() {
            return Stream.of(side, facet, otherFacet, polarity, statement, evidence, strength, confidence)
                    .allMatch(Objects::nonNull);
        }
    }

    /** What is missing of that which the schema asks for, in words that a model can be told. */
    Optional<String> gap(boolean stepsWanted) {
        if (motivations == null || kind == null || kind.stream().anyMatch(Objects::isNull)) {
            return Optional.of("motivations or kind is missing");
        }
        for (int i = 0; i < motivations.size(); i++) {
            if (motivations.get(i) == null || !motivations.get(i).isComplete()) {
                return Optional.of("motivations[" + i + "] lacks a field");
            }
        }
        return stepsWanted ? gapInSteps() : Optional.empty();
    }

    private Optional<String> gapInSteps() {
        if (observations == null || observations.isEmpty() || candidates == null || checks == null) {
            return Optional.of("observations, candidates or checks is missing");
        }
        boolean shown = checks.stream().anyMatch(check -> check != null && Boolean.TRUE.equals(check.shown()));
        return motivations.isEmpty() || shown
                ? Optional.empty()
                : Optional.of("there are motivations, but no check that was passed");
    }
}
