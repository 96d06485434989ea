package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/** Small interactions, with or without planted tastes, and dense references. */
public final class Tastes {

    private Tastes() {}

    /** Pairs by chance; user 0 has none and item 0 neither. */
    public static Interactions random(int users, int items, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int user = 1; user < users; user++) {
            for (int item = 1; item < items; item++) {
                if (random.nextDouble() < share) {
                    pairs.add(new Pair(user, item));
                }
            }
        }
        return Interactions.of(users, items, pairs);
    }

    /** A user's taste is a group of items; known and held-out parts of what each met, disjoint. */
    public static Interactions[] grouped(int users, int items, int groups, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> train = new ArrayList<>();
        List<Pair> heldOut = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                double likely = item % groups == user % groups ? 0.6 : 0.02;
                if (random.nextDouble() < likely) {
                    (random.nextDouble() < 0.7 ? train : heldOut).add(new Pair(user, item));
                }
            }
        }
        return new Interactions[] {Interactions.of(users, items, train), Interactions.of(users, items, heldOut)};
    }

    static DMatrixRMaj normalised(Interactions train, double itemExponent, double userExponent) {
        DMatrixRMaj dense = new DMatrixRMaj(train.users(), train.items());
        int[] counts = train.itemCounts();
        for (int user = 0; user < train.users(); user++) {
            for (int item : train.itemsOf(user)) {
                dense.set(
                        user,
                        item,
                        Math.pow(counts[item], -itemExponent) * Math.pow(train.countOf(user), -userExponent));
            }
        }
        return dense;
    }

    static DMatrixRMaj numbers(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj numbers = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < numbers.data.length; i++) {
            numbers.data[i] = random.nextDouble() * 2 - 1;
        }
        return numbers;
    }

    static float[] single(DMatrixRMaj matrix) {
        float[] single = new float[matrix.getNumElements()];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) matrix.data[i];
        }
        return single;
    }

    static float dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return (float) sum;
    }

    public static float[] scores(Scorer scorer, int user, int items) {
        float[] scores = new float[items];
        scorer.score(user, scores);
        return scores;
    }

    static DMatrixRMaj allScores(Scorer scorer, int users, int items) {
        DMatrixRMaj all = new DMatrixRMaj(users, items);
        for (int user = 0; user < users; user++) {
            float[] scores = scores(scorer, user, items);
            for (int item = 0; item < items; item++) {
                all.set(user, item, scores[item]);
            }
        }
        return all;
    }
}
