package dev.lmmrec.core.review;

/**
 * Characters that nobody sees but a machine reads, by which hidden words can be smuggled into a review, shown words
 * torn apart, or the order of words turned round.
 */
public final class Invisible {

    private Invisible() {}

    /**
     * Tells whether a character is invisible: a tag, a variation selector, a zero-width space, joiner or filler, a soft
     * hyphen, a mark that steers the direction of writing, a sign for the typesetting of music or shorthand, a code
     * that is kept free for more of these.
     *
     * @param codePoint the character
     * @return true if it only exists for machines
     */
    public static boolean is(int codePoint) {
        return switch (codePoint) {
            // fillers of scripts that have letters of width zero, and of Braille, where a cell without dots is a blank
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x16FE4 -> true;
            // signs that span the digits after them are of type FORMAT, but are seen
            case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2 -> false;
            default -> isSelector(codePoint) || isFormat(codePoint);
        };
    }

    private static boolean isSelector(int codePoint) {
        return (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    }

    private static boolean isFormat(int codePoint) {
        return Character.isBmpCodePoint(codePoint)
                ? Character.getType(codePoint) == Character.FORMAT || isKeptFree(codePoint)
                : isTypesetting(codePoint);
    }

    /** No characters yet, but all that are to come are invisible, and readers of text show none of them today. */
    private static boolean isKeptFree(int codePoint) {
        return codePoint == 0x2065 || (codePoint >= 0xFFF0 && codePoint <= 0xFFF8);
    }

    /**
     * Of the first plane beyond the basic one: beams, ties and slurs of music, joints of shorthand. The other signs of
     * type FORMAT there are seen, such as Kaithi's number signs, or place hieroglyphs.
     */
    private static boolean isTypesetting(int codePoint) {
        return (codePoint >= 0x1BCA0 && codePoint <= 0x1BCA3) || (codePoint >= 0x1D173 && codePoint <= 0x1D17A);
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
