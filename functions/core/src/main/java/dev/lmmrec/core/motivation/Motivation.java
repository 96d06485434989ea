package dev.lmmrec.core.motivation;

import java.util.Objects;

/**
 * One reason found in one review, with the words that show it.
 *
 * @param side whom it is about
 * @param facet the kind of reason
 * @param polarity whether the want was met
 * @param statement the reason in a few words, general enough to be shared by other people and items
 * @param evidence a verbatim part of the review
 * @param field which part of the review the evidence is from
 * @param start where in that part the evidence starts, in characters (UTF-16 units) from 0
 * @param strength how much it drives this person's verdict, 0 to 1
 * @param confidence how sure the reading is, 0 to 1
 */
public record Motivation(
        Side side,
        Facet facet,
        Polarity polarity,
        String statement,
        String evidence,
        Field field,
        int start,
        double strength,
        double confidence) {

    /**
     * Checks every part.
     *
     * @throws IllegalArgumentException if the statement or evidence is blank, the start negative, or strength or
     *     confidence outside 0 to 1
     */
    public Motivation {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(facet, "facet");
        Objects.requireNonNull(polarity, "polarity");
        Objects.requireNonNull(field, "field");
        if (statement.isBlank()) {
            throw new IllegalArgumentException("statement is blank");
        }
        if (evidence.isBlank()) {
            throw new IllegalArgumentException("evidence is blank");
        }
        if (start < 0) {
            throw new IllegalArgumentException("start is " + start + ", must be 0 or more");
        }
        requireShare("strength", strength);
        requireShare("confidence", confidence);
    }

    /**
     * The same with its evidence at another place.
     *
     * @param newStart in the same part of the review
     * @return a new motivation
     * @throws IllegalArgumentException if it is negative
     */
    public Motivation withStart(int newStart) {
        return new Motivation(side, facet, polarity, statement, evidence, field, newStart, strength, confidence);
    }

    /**
     * The same, more or less sure.
     *
     * @param newConfidence 0 to 1
     * @return a new motivation
     * @throws IllegalArgumentException if it is outside 0 to 1
     */
    public Motivation withConfidence(double newConfidence) {
        return new Motivation(side, facet, polarity, statement, evidence, field, start, strength, newConfidence);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be from 0 to 1");
        }
    }
}
