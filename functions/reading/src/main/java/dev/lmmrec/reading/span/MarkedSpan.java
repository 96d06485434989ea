package dev.lmmrec.reading.span;

import dev.lmmrec.core.motivation.Side;

/**
 * Words of a sentence that show a motivation.
 *
 * @param side whom it is about
 * @param first the first token's index
 * @param last the last token's index
 * @param probability that exactly these words show one
 * @param support that these words or others that are much the same show one, on the same side
 */
public record MarkedSpan(Side side, int first, int last, double probability, double support) {

    private static final double TOKEN_F1_MIN = 0.5;

    /**
     * How many tokens there are.
     *
     * @return at least two
     */
    public int size() {
        return last - first + 1;
    }

    /**
     * How many tokens both have.
     *
     * @param other another span
     * @return 0 if they are apart
     */
    public int common(MarkedSpan other) {
        return Math.max(0, Math.min(last, other.last) - Math.max(first, other.first) + 1);
    }

    /**
     * Whether both are much the same words.
     *
     * @param other another span
     * @return whether their token F1 is at least a half
     */
    public boolean isLike(MarkedSpan other) {
        return 2.0 * common(other) >= TOKEN_F1_MIN * (size() + other.size());
    }
}
