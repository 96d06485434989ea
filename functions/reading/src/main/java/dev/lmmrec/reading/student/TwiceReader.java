package dev.lmmrec.reading.student;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.Reading;
import dev.lmmrec.reading.ReviewReader;

/**
 * Reads each review twice with a student, as it is and without any of its {@link DomainWords}, and goes by the mean of
 * both. In a domain that the student has no labels of it is misled less by such words; it takes twice the time.
 */
public final class TwiceReader implements ReviewReader {

    private final StudentReader student;

    /**
     * Takes a student.
     *
     * @param student reads; it is closed with this reader
     */
    public TwiceReader(StudentReader student) {
        this.student = student;
    }

    @Override
    public String id() {
        return student.id() + "-twice";
    }

    @Override
    public Reading read(Review review) {
        return student.readTwice(review);
    }

    @Override
    public void close() {
        student.close();
    }
}
