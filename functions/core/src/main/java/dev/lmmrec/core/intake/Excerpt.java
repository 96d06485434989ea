package dev.lmmrec.core.intake;

/** The beginning of a text that may be too long to show. */
final class Excerpt {

    private Excerpt() {}

    /** Cuts to at most {@code lengthMax} characters, the closing "…" included, never inside a surrogate pair. */
    static String of(String text, int lengthMax) {
        if (text.length() <= lengthMax) {
            return text;
        }
        int end = lengthMax - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
