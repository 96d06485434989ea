package dev.lmmrec.reading.student;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.text.TextResources;
import dev.lmmrec.reading.text.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/** Makes of a review what the head looks at; training and reading use the same. Safe for use by several threads. */
public final class StudentInput implements AutoCloseable {

    private final TokenEncoder encoder;
    private final TokenLooks looks;
    private final String fingerprint;

    /**
     * Loads the encoder and the cues from the class path.
     *
     * @throws UncheckedIOException if they cannot be read
     */
    public StudentInput() {
        TextResources resources = new TextResources();
        try {
            this.looks = new TokenLooks(resources.cues());
        } catch (IOException e) {
            throw new UncheckedIOException("the cues cannot be read", e);
        }
        this.fingerprint = resources.fingerprint();
        this.encoder = new TokenEncoder();
    }

    /**
     * One review as the head sees it.
     *
     * @param tokens its tokens
     * @param vectors {@link TokenEncoder#WIDTH} numbers a token, row by row
     * @param looks some numbers a token
     */
    // nobody compares or changes them
    @SuppressWarnings("ArrayRecordComponent")
    public record Seen(ReviewTokens tokens, float[] vectors, float[][] looks) {}

    /**
     * Looks at a review.
     *
     * @param review the review
     * @return tokens, vectors and looks
     */
    public Seen of(Review review) {
        return hiding(review, token -> false);
    }

    /**
     * Looks at a review of which the encoder does not see some words: a head that has learnt from such reviews as well
     * hangs less on the words of the domain that it was trained on.
     *
     * @param review the review
     * @param hidden which words the encoder has to do without
     * @return tokens and looks of the whole review, vectors of the rest
     */
    public Seen hiding(Review review, Predicate<Token> hidden) {
        ReviewTokens tokens = ReviewTokens.of(review);
        return new Seen(tokens, encoder.vectors(tokens, hidden), looks.of(tokens, review.rating()));
    }

    /**
     * How many numbers the looks of a token have.
     *
     * @return the width
     */
    public int looksWidth() {
        return looks.width();
    }

    /**
     * Tells whether other cue classes are looked at.
     *
     * @return 12 hexadecimal digits
     */
    public String looksFingerprint() {
        return fingerprint;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
