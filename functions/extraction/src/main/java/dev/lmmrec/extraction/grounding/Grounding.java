package dev.lmmrec.extraction.grounding;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Keeps the candidates whose evidence stands in the review, word for word. */
public final class Grounding {

    /** How many motivations are kept of one review. */
    public static final int MOTIVATIONS_MAX = 12;

    /** The longest evidence, in characters: more than that quotes the review instead of a part of it. */
    public static final int EVIDENCE_LENGTH_MAX = 400;

    /** The longest statement, in characters. */
    public static final int STATEMENT_LENGTH_MAX = 160;

    private static final Comparator<Motivation> STRONGEST_FIRST = Comparator.comparingDouble(Motivation::strength)
            .reversed()
            .thenComparing(Motivation::field, Comparator.reverseOrder())
            .thenComparingInt(Motivation::start)
            .thenComparing(Motivation::side);

    /**
     * Locates each candidate's evidence in the text, then in the title. Motivations that contradict each other stay, at
     * half their confidence.
     *
     * @param review the review that the candidates are about
     * @param candidates in the order of the extractor's preference: of two that repeat each other the first stays
     * @return what is left, with verbatim evidence
     */
    public Grounded ground(Review review, List<Candidate> candidates) {
        Passage text = new Passage(review.text());
        Passage title = new Passage(review.title());
        List<Motivation> kept = new ArrayList<>();
        Set<Place> places = new HashSet<>();
        Set<Reason> reasons = new HashSet<>();
        int ungrounded = 0;
        int repeated = 0;
        for (Candidate candidate : candidates) {
            Optional<Motivation> found =
                    locate(candidate, text, Field.TEXT, kept).or(() -> locate(candidate, title, Field.TITLE, kept));
            if (found.isEmpty()) {
                ungrounded++;
            } else if (kept.size() == MOTIVATIONS_MAX
                    || !places.add(Place.of(found.get()))
                    || !reasons.add(Reason.of(found.get()))) {
                repeated++;
            } else {
                kept.add(found.get());
            }
        }
        List<Motivation> weighed = weighed(kept);
        weighed.sort(STRONGEST_FIRST);
        return new Grounded(weighed, ungrounded, repeated);
    }

    /** Who reads the same words, or says the same thing, both as praise and as blame is sure of neither. */
    private static List<Motivation> weighed(List<Motivation> kept) {
        List<Motivation> weighed = new ArrayList<>();
        for (Motivation motivation : kept) {
            boolean contradicted = kept.stream().anyMatch(other -> contradicts(motivation, other));
            weighed.add(contradicted ? motivation.withConfidence(motivation.confidence() / 2) : motivation);
        }
        return weighed;
    }

    private static boolean contradicts(Motivation one, Motivation other) {
        boolean opposed = (one.polarity() == Polarity.POSITIVE && other.polarity() == Polarity.NEGATIVE)
                || (one.polarity() == Polarity.NEGATIVE && other.polarity() == Polarity.POSITIVE);
        boolean sameThing = one.facet().equals(other.facet()) && one.statement().equalsIgnoreCase(other.statement());
        return opposed
                && one.side() == other.side()
                && (sameThing || (one.field() == other.field() && overlap(one, spanOf(other))));
    }

    private static Span spanOf(Motivation motivation) {
        return new Span(
                motivation.start(), motivation.start() + motivation.evidence().length());
    }

    private static boolean overlap(Motivation motivation, Span span) {
        Span own = spanOf(motivation);
        return own.start() < span.end() && span.start() < own.end();
    }

    private static Optional<Motivation> locate(
            Candidate candidate, Passage passage, Field field, List<Motivation> kept) {
        String statement = candidate.statement().strip();
        if (statement.isEmpty() || statement.length() > STATEMENT_LENGTH_MAX) {
            return Optional.empty();
        }
        return passage.locate(candidate.evidence(), span -> isFree(span, candidate.side(), field, kept))
                .filter(span -> span.length() <= EVIDENCE_LENGTH_MAX)
                .map(span -> new Motivation(
                        candidate.side(),
                        candidate.facet(),
                        candidate.polarity(),
                        statement,
                        passage.textOf(span),
                        field,
                        span.start(),
                        share(candidate.strength()),
                        share(candidate.confidence())));
    }

    /** The same words may stand twice in a review; two motivations then get one place each. */
    private static boolean isFree(Span span, Side side, Field field, List<Motivation> kept) {
        return kept.stream()
                .noneMatch(motivation ->
                        motivation.side() == side && motivation.field() == field && overlap(motivation, span));
    }

    private static double share(double value) {
        return Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value));
    }

    private record Place(Side side, Field field, int start, int length) {

        static Place of(Motivation motivation) {
            return new Place(
                    motivation.side(),
                    motivation.field(),
                    motivation.start(),
                    motivation.evidence().length());
        }
    }

    private record Reason(Side side, Facet facet, Polarity polarity, String statement) {

        static Reason of(Motivation motivation) {
            return new Reason(
                    motivation.side(),
                    motivation.facet(),
                    motivation.polarity(),
                    motivation.statement().toLowerCase(Locale.ROOT));
        }
    }
}
