package dev.lmmrec.extraction.grounding;

/**
 * A part of a text.
 *
 * @param start its first character (UTF-16 unit), from 0
 * @param end the one after its last
 */
public record Span(int start, int end) {

    /**
     * How long it is.
     *
     * @return characters (UTF-16 units)
     */
    public int length() {
        return end - start;
    }
}
