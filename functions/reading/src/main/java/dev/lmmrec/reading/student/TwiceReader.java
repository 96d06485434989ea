package dev.lmmrec.reading.student;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.Reading;
import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.text.TextResources;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads each review twice with a student, as it is and without any of its {@link DomainWords}, and goes by the mean of
 * both. In a domain that the student has no labels of it is misled less by such words; it takes twice the time.
 */
public final class TwiceReader implements ReviewReader {

    private final StudentReader student;
    private final DomainWords words;

    /**
     * Takes a student.
     *
     * @param student reads; it is closed with this reader
     * @throws UncheckedIOException if the cues are not on the class path
     */
    public TwiceReader(StudentReader student) {
        this.student = student;
        try {
            this.words = new DomainWords(new TextResources().cues());
        } catch (IOException e) {
            throw new UncheckedIOException("the cues cannot be read", e);
        }
    }

    @Override
    public String id() {
        return student.id() + "-twice";
    }

    @Override
    public Reading read(Review review) {
        return student.readTwice(review, words::has);
    }

    @Override
    public void close() {
        student.close();
    }
}
