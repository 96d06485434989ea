package dev.lmmrec.reading.span;

import dev.lmmrec.core.motivation.Side;

/**
 * Words of a sentence that show a motivation.
 *
 * @param side whom it is about
 * @param first the first token's index
 * @param last the last token's index
 * @param probability that exactly these words show one
 */
public record MarkedSpan(Side side, int first, int last, double probability) {}
