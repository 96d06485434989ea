package dev.lmmrec.training;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Rows with planted tastes: users and items belong to groups, users mostly review items of their group, and the text
 * vector of a review is its item's group direction with noise, as half of its words are its group's.
 */
public final class SyntheticRows {

    public static final String ENCODER = "planted-384";

    private SyntheticRows() {}

    public static List<ReviewMotivations> of(int users, int items, int groups, int perUser, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom wording = new SplittableRandom(seed + 1);
        float[][] directions = new float[groups][];
        for (int group = 0; group < groups; group++) {
            directions[group] = noise(random, 1);
        }
        List<ReviewMotivations> rows = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            TreeSet<Integer> met = new TreeSet<>();
            while (met.size() < perUser) {
                int item = random.nextInt(items);
                if (item % groups == user % groups || random.nextDouble() < 0.05) {
                    met.add(item);
                }
            }
            for (int item : met) {
                float[] vector = noise(random, 0.6);
                float[] direction = directions[item % groups];
                for (int k = 0; k < vector.length; k++) {
                    vector[k] += direction[k];
                }
                rows.add(row("u" + user, "i" + item, words(item % groups, wording), DenseVector.of(vector)));
            }
        }
        return rows;
    }

    /** A few words that reviews of a group use and a few that all use. */
    private static String words(int group, SplittableRandom random) {
        StringBuilder words = new StringBuilder();
        for (int k = 0; k < 6; k++) {
            words.append(k % 2 == 0 ? "t" + group : "a")
                    .append("x")
                    .append(random.nextInt(8))
                    .append(' ');
        }
        return words.toString().strip();
    }

    public static Dataset dataset(List<ReviewMotivations> rows) {
        try {
            return Dataset.of(rows, new Dataset.Limits(0, 1, 1, null));
        } catch (RefusedInputException e) {
            throw new AssertionError(e);
        }
    }

    public static ReviewMotivations row(String user, String item, String statement, DenseVector vectorOrNull) {
        return row(user, item, statement, vectorOrNull, ENCODER, 5);
    }

    public static ReviewMotivations row(
            String user, String item, String statement, DenseVector vectorOrNull, String encoder, double rating) {
        Review review = new Review(user + "-" + item, user, item, rating, 1_000, "", statement, "test");
        Motivation motivation =
                new Motivation(Side.ITEM, Facet.FUNCTION, Polarity.POSITIVE, statement, statement, Field.TEXT, 0, 1, 1);
        return ReviewMotivations.of(review, 1, "test", List.of(motivation), List.of(), 0)
                .withVectors(
                        vectorOrNull == null ? null : new ReviewVectors(encoder, vectorOrNull, List.of(vectorOrNull)));
    }

    public static float[] noise(SplittableRandom random, double scale) {
        float[] vector = new float[Dataset.TEXT_WIDTH];
        for (int k = 0; k < vector.length; k++) {
            vector[k] = (float) (scale * (random.nextDouble() * 2 - 1));
        }
        return vector;
    }
}
