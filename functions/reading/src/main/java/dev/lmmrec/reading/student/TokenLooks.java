package dev.lmmrec.reading.student;

import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.Token;
import java.util.Locale;

/** What can be seen of a token without knowing any language: its place, its letters, the rating, its cue classes. */
final class TokenLooks {

    private static final int PLAIN = 12;
    private static final int STARS_AT = 5;
    private static final int STARS = 5;
    private static final double LENGTH_SCALE = 300;

    private final Cues cues;

    TokenLooks(Cues cues) {
        this.cues = cues;
    }

    int width() {
        return PLAIN + cues.names().size();
    }

    /** For each token {@code [width]} numbers from 0 to 1. */
    float[][] of(ReviewTokens tokens, double rating) {
        int size = tokens.size();
        long[] bits = cues.of(tokens.tokens());
        int stars = (int) Math.max(0, Math.min(STARS - 1, Math.round(rating) - 1));
        float[][] looks = new float[size][width()];
        for (int i = 0; i < size; i++) {
            Token token = tokens.tokens().get(i);
            float[] look = looks[i];
            look[0] = i < tokens.titleSize() ? 1 : 0;
            look[1] = token.isCapitalised() ? 1 : 0;
            look[2] = token.hasDigit() ? 1 : 0;
            look[3] = token.isWord() ? 0 : 1;
            look[4] = isShouted(token.text()) ? 1 : 0;
            look[STARS_AT + stars] = 1;
            look[STARS_AT + STARS] = (float) (rating / STARS);
            look[STARS_AT + STARS + 1] = (float) Math.min(1, size / LENGTH_SCALE);
            for (long rest = bits[i]; rest != 0; rest &= rest - 1) {
                look[PLAIN + Long.numberOfTrailingZeros(rest)] = 1;
            }
        }
        return looks;
    }

    private static boolean isShouted(String text) {
        return text.length() > 2
                && Character.isLetter(text.charAt(0))
                && text.equals(text.toUpperCase(Locale.ROOT))
                && !text.equals(text.toLowerCase(Locale.ROOT));
    }
}
