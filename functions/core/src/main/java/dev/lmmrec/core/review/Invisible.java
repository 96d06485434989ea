package dev.lmmrec.core.review;

/**
 * Characters that nobody sees but a machine reads, by which hidden words can be smuggled into a review, shown words
 * torn apart, or the order of words turned round.
 */
public final class Invisible {

    private Invisible() {}

    /**
     * Tells whether a character is invisible: a tag, a variation selector, a zero-width space, joiner or filler, a soft
     * hyphen, a mark that steers the direction of writing.
     *
     * @param codePoint the character
     * @return true if it only exists for machines
     */
    public static boolean is(int codePoint) {
        return switch (codePoint) {
            // fillers of scripts that have letters of width zero
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
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

    /** Of the planes beyond the first only plane 14 has any that matter; the others set music or old scripts. */
    private static boolean isFormat(int codePoint) {
        return Character.isBmpCodePoint(codePoint) && Character.getType(codePoint) == Character.FORMAT;
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
