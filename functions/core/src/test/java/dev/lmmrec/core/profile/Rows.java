package dev.lmmrec.core.profile;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows of reviews for tests. */
public final class Rows {

    private Rows() {}

    /**
     * A row without vectors.
     *
     * @param reviewId the review
     * @param time the review's time, epoch seconds
     * @param receivedAt epoch milliseconds
     * @param motivations what was found
     * @return a row of user u and item i
     */
    public static ReviewMotivations row(String reviewId, long time, long receivedAt, Motivation... motivations) {
        return rowBy("u", reviewId, time, receivedAt, motivations);
    }

    /**
     * The same by another author.
     *
     * @param userId the author
     * @param reviewId the review
     * @param time the review's time, epoch seconds
     * @param receivedAt epoch milliseconds
     * @param motivations what was found
     * @return a row of that user and item i
     */
    public static ReviewMotivations rowBy(
            String userId, String reviewId, long time, long receivedAt, Motivation... motivations) {
        Review review = new Review(reviewId, userId, "i", 4, time, "", "text of " + reviewId, "");
        return ReviewMotivations.of(review, receivedAt, "test", Arrays.asList(motivations), List.of("stove"), 0);
    }

    /**
     * A motivation with its statement as evidence.
     *
     * @param statement the statement
     * @param strength the strength
     * @return a positive motivation about the item's design
     */
    public static Motivation motivation(String statement, double strength) {
        return new Motivation(
                Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, statement, statement, Field.TEXT, 0, strength, 1);
    }

    /**
     * Any rows of user u and item i, about half with vectors, some of them revisions of each other.
     *
     * @param random the source of everything
     * @param count how many
     * @return the rows
     */
    public static List<ReviewMotivations> random(Random random, int count) {
        List<ReviewMotivations> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Motivation[] motivations = new Motivation[random.nextInt(4)];
            for (int j = 0; j < motivations.length; j++) {
                motivations[j] = new Motivation(
                        random.nextBoolean() ? Side.USER : Side.ITEM,
                        Facet.KNOWN.get(random.nextInt(3)),
                        random.nextBoolean() ? Polarity.POSITIVE : Polarity.NEGATIVE,
                        "statement " + random.nextInt(12),
                        "evidence " + random.nextInt(5),
                        Field.TEXT,
                        0,
                        random.nextInt(11) / 10.0,
                        random.nextInt(11) / 10.0);
            }
            ReviewMotivations row =
                    row("r" + random.nextInt(count), random.nextInt(20), random.nextInt(4), motivations);
            rows.add(random.nextBoolean() ? row : withVectors(row, random));
        }
        return rows;
    }

    /**
     * Any rows of item i by a few authors on a few days, so that authors repeat themselves and days burst.
     *
     * @param random the source of everything
     * @param count how many
     * @return the rows
     */
    public static List<ReviewMotivations> randomOfItem(Random random, int count) {
        int authors = 1 + random.nextInt(2 * count);
        int days = 1 + random.nextInt(6);
        return random(random, count).stream()
                .map(row -> {
                    ReviewMotivations moved = rowBy(
                            // one review has one author, whatever its revisions
                            "u" + Math.floorMod(row.reviewId().hashCode(), authors),
                            row.reviewId(),
                            86_400L * random.nextInt(days) + random.nextInt(3),
                            row.receivedAt(),
                            row.motivations().toArray(Motivation[]::new));
                    return row.vectors().map(moved::withVectors).orElse(moved);
                })
                .toList();
    }

    private static ReviewMotivations withVectors(ReviewMotivations row, Random random) {
        return row.withVectors(new ReviewVectors(
                "test",
                direction(random),
                row.motivations().stream().map(motivation -> direction(random)).toList()));
    }

    private static DenseVector direction(Random random) {
        double angle = random.nextInt(16) * Math.PI / 8;
        return DenseVector.of((float) Math.cos(angle), (float) Math.sin(angle));
    }
}
