package dev.lmmrec.extraction.grounding;

/** Characters that nobody sees but a machine reads, by which hidden words can be smuggled into a review. */
public final class Invisible {

    private Invisible() {}

    /**
     * Tells whether a character is invisible: a tag, a variation selector, a zero-width space or joiner.
     *
     * @param codePoint the character
     * @return true for U+E0000–E007F, FE00–FE0F, 200B–200D, 2060 and FEFF
     */
    public static boolean is(int codePoint) {
        return (codePoint >= 0x200B && codePoint <= 0x200D)
                || codePoint == 0x2060
                || codePoint == 0xFEFF
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0xE0000 && codePoint <= 0xE007F);
    }

    /**
     * Takes them out of a text.
     *
     * @param text any text
     * @return the text without them
     */
    public static String strip(String text) {
        if (text.codePoints().noneMatch(Invisible::is)) {
            return text;
        }
        return text.codePoints()
                .filter(codePoint -> !is(codePoint))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
