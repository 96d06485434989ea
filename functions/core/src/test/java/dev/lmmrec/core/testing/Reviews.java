package dev.lmmrec.core.testing;

import dev.lmmrec.core.review.Review;

/** Reviews for tests. */
public final class Reviews {

    private Reviews() {}

    /**
     * A five-star review without title.
     *
     * @param text its text
     * @return the review
     */
    public static Review of(String text) {
        return of("", text, 5);
    }

    /**
     * A review.
     *
     * @param title its title
     * @param text its text
     * @param rating 1 to 5
     * @return the review
     */
    public static Review of(String title, String text, double rating) {
        return new Review("r1", "u1", "i1", rating, 1_700_000_000, title, text, "test");
    }
}
