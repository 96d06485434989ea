package dev.lmmrec.reading.text;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.review.Review;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sentence of a review.
 *
 * @param field where it stands
 * @param tokens its words and marks, at least one
 */
public record Sentence(Field field, List<Token> tokens) {

    /** Longer ones are cut in pieces, so that a review without any full stop costs no more than others. */
    private static final int TOKENS_MAX = 120;

    public static List<Sentence> of(Review review) {
        List<Sentence> sentences = new ArrayList<>();
        split(review.title(), Field.TITLE, sentences);
        split(review.text(), Field.TEXT, sentences);
        return sentences;
    }

    public String textOf(Review review, int first, int last) {
        String text = field == Field.TITLE ? review.title() : review.text();
        return text.substring(tokens.get(first).start(), tokens.get(last).end());
    }

    private static void split(String text, Field field, List<Sentence> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            List<Token> tokens = tokensOf(text, start, end);
            for (int from = 0; from < tokens.size(); from += TOKENS_MAX) {
                sentences.add(new Sentence(
                        field, List.copyOf(tokens.subList(from, Math.min(tokens.size(), from + TOKENS_MAX)))));
            }
        }
    }

    private static List<Token> tokensOf(String text, int from, int to) {
        List<Token> tokens = new ArrayList<>();
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            int end = at + Character.charCount(codePoint);
            if (Character.isLetterOrDigit(codePoint)) {
                end = endOfWord(text, end, to);
                tokens.add(token(text, at, end));
            } else if (!Character.isWhitespace(codePoint) && !Character.isSpaceChar(codePoint)) {
                tokens.add(token(text, at, end));
            }
            at = end;
        }
        return tokens;
    }

    private static int endOfWord(String text, int from, int to) {
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            boolean inside = Character.isLetterOrDigit(codePoint)
                    || Character.getType(codePoint) == Character.NON_SPACING_MARK
                    || (isJoint(codePoint) && next < to && Character.isLetterOrDigit(text.codePointAt(next)));
            if (!inside) {
                break;
            }
            at = next;
        }
        return at;
    }

    private static boolean isJoint(int codePoint) {
        return codePoint == '\'' || codePoint == '\u2019' || codePoint == '-';
    }

    private static Token token(String text, int start, int end) {
        String word = text.substring(start, end);
        return new Token(word, word.replace('\u2019', '\'').toLowerCase(Locale.ROOT), start, end);
    }
}
