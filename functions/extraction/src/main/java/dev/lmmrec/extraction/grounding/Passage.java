package dev.lmmrec.extraction.grounding;

import dev.lmmrec.core.review.Invisible;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A text in which quotes are looked up: exactly as they stand, else without regard to whitespace, case, typographic
 * quotes and dashes, invisible characters and the way accents are encoded. Wherever a quote is found, the span is of
 * the text as it stands.
 */
final class Passage {

    private final String text;
    private Folded folded;

    Passage(String text) {
        this.text = text;
    }

    String textOf(Span span) {
        return text.substring(span.start(), span.end());
    }

    /**
     * Looks a quote up.
     *
     * @param quote the words as somebody says they stand here
     * @param preferred of several places the first that passes is taken, else the first of all
     * @return the place, if there is one
     */
    Optional<Span> locate(String quote, Predicate<Span> preferred) {
        String stripped = quote.strip();
        if (stripped.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Optional.empty();
        }
        return exact(stripped, preferred).or(() -> folded(stripped, preferred));
    }

    private Optional<Span> exact(String quote, Predicate<Span> preferred) {
        Span first = null;
        for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
            Span span = new Span(at, at + quote.length());
            if (standsAlone(span)) {
                if (preferred.test(span)) {
                    return Optional.of(span);
                }
                first = first == null ? span : first;
            }
        }
        return Optional.ofNullable(first);
    }

    private Optional<Span> folded(String quote, Predicate<Span> preferred) {
        String wanted = Folded.of(quote).withoutFrame();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (folded == null) {
            folded = Folded.of(text);
        }
        Span first = null;
        for (int at = folded.letters.indexOf(wanted); at >= 0; at = folded.letters.indexOf(wanted, at + 1)) {
            Span span = new Span(folded.starts[at], folded.ends[at + wanted.length() - 1]);
            boolean whole = folded.beginsCharacter(at) && folded.beginsCharacter(at + wanted.length());
            if (whole && standsAlone(span)) {
                if (preferred.test(span)) {
                    return Optional.of(span);
                }
                first = first == null ? span : first;
            }
        }
        return Optional.ofNullable(first);
    }

    /** A part of a word is no quote, nor a letter without its accent. */
    private boolean standsAlone(Span span) {
        if (span.end() < text.length()) {
            int next = text.codePointAt(span.end());
            int type = Character.getType(next);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
            if (mark && !Invisible.is(next)) {
                return false;
            }
            if (joins(text.codePointBefore(span.end()), next)) {
                return false;
            }
        }
        return span.start() == 0 || !joins(text.codePointBefore(span.start()), text.codePointAt(span.start()));
    }

    /** Only where words are set apart by spaces can two letters side by side be of one word. */
    private static boolean joins(int left, int right) {
        boolean halves =
                Character.getType(left) == Character.SURROGATE && Character.getType(right) == Character.SURROGATE;
        return halves || (isOfWord(left) && isOfWord(right));
    }

    private static boolean isOfWord(int codePoint) {
        if (Character.isDigit(codePoint)) {
            return true;
        }
        if (!Character.isLetter(codePoint)) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return script == Character.UnicodeScript.LATIN
                || script == Character.UnicodeScript.GREEK
                || script == Character.UnicodeScript.CYRILLIC;
    }

    /** A text reduced to what a quote must share with it, each letter with its place in the text. */
    private static final class Folded {

        private final String letters;
        private final int[] starts;
        private final int[] ends;

        private Folded(String letters, int[] starts, int[] ends) {
            this.letters = letters;
            this.starts = starts;
            this.ends = ends;
        }

        static Folded of(String text) {
            StringBuilder letters = new StringBuilder(text.length());
            IntList starts = new IntList(text.length());
            IntList ends = new IntList(text.length());
            boolean afterSpace = true;
            for (int at = 0; at < text.length(); ) {
                int codePoint = text.codePointAt(at);
                int end = at + Character.charCount(codePoint);
                if (isSpace(codePoint)) {
                    if (!afterSpace) {
                        letters.append(' ');
                        starts.add(at);
                        ends.add(end);
                    }
                    afterSpace = true;
                } else if (!Invisible.is(codePoint)) {
                    String fold = fold(codePoint);
                    letters.append(fold);
                    for (int i = 0; i < fold.length(); i++) {
                        starts.add(at);
                        ends.add(end);
                    }
                    afterSpace = false;
                }
                at = end;
            }
            return new Folded(letters.toString(), starts.toArray(), ends.toArray());
        }

        /** Whether the letter at an index is the first that its character of the text was reduced to. */
        boolean beginsCharacter(int index) {
            return index == 0 || index == starts.length || starts[index] != starts[index - 1];
        }

        /** Models like to put a quote between quotes. */
        String withoutFrame() {
            String bare = letters.strip();
            while (bare.length() > 1
                    && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
                    && bare.charAt(bare.length() - 1) == bare.charAt(0)) {
                bare = bare.substring(1, bare.length() - 1).strip();
            }
            return bare;
        }

        private static boolean isSpace(int codePoint) {
            return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
        }

        private static String fold(int codePoint) {
            if (codePoint < 0x80) {
                return String.valueOf((char) Character.toLowerCase(codePoint));
            }
            return switch (codePoint) {
                case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02BC, 0x00B4 -> "'";
                case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x00AB, 0x00BB -> "\"";
                case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212 -> "-";
                case 0x2026 -> "...";
                default -> decomposed(codePoint);
            };
        }

        /** Letter and accents apart; each up, then down, so that letters with two lower cases meet. */
        private static String decomposed(int codePoint) {
            // half a surrogate pair stands for itself
            if (Character.getType(codePoint) == Character.SURROGATE) {
                return Character.toString(codePoint);
            }
            return Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD)
                    .codePoints()
                    .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    private static final class IntList {

        private int[] values;
        private int size;

        IntList(int capacity) {
            values = new int[Math.max(8, capacity)];
        }

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
