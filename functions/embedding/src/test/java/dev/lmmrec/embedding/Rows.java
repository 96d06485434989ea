package dev.lmmrec.embedding;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import java.util.List;

/** Rows as extraction puts them. */
public final class Rows {

    private Rows() {}

    /** A row with one need and one trait, both read from the text. */
    public static ReviewMotivations row(String reviewId, String userId, String itemId, String text, long receivedAt) {
        Review review = new Review(reviewId, userId, itemId, 4, 1_700_000_000L + receivedAt, "", text, "test");
        return ReviewMotivations.of(
                review,
                receivedAt,
                "test-1",
                List.of(motivation(Side.USER, "wants " + text, text), motivation(Side.ITEM, text, text)),
                List.of("tent"),
                0);
    }

    private static Motivation motivation(Side side, String statement, String evidence) {
        return new Motivation(side, Facet.FUNCTION, Polarity.POSITIVE, statement, evidence, Field.TEXT, 0, 0.8, 0.9);
    }
}
