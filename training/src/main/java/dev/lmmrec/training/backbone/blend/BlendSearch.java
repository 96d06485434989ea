package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds the weights of a blend on validation: from the best single part on, one weight after the other is moved to
 * where the ranking is best, until a whole round gains nothing. Deterministic.
 *
 * <p>Each user's rows are asked for once. Of them the items stay that some part ranks among its first two hundred, and
 * the held-out ones: a blend's first twenty come from there, next to always, and a blend is tried in a fraction of a
 * second. The rows kept take at most 512 MB; where they would take more, every k-th user is looked at.
 */
public final class BlendSearch {

    private static final int CUTOFF = 20;
    private static final int KEPT_OF_PART = 200;
    private static final long KEPT_BYTES_MAX = 512L << 20;
    private static final int ROUNDS_MAX = 30;

    /** What a round must gain, well below what users by chance make of it. */
    private static final double GAIN_MIN = 1e-5;

    private static final double[] FIRST_STEPS = {0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5};
    private static final double[] NEXT_STEPS = {0, 0.5, 0.7, 0.85, 0.95, 1.05, 1.2, 1.4, 2};

    private final Interactions known;
    private final Interactions heldOut;
    private final Objective objective;

    /** What is made as large as can be; the mean over users. */
    public enum Objective {
        /** Recall@20: what the tables are sorted by. */
        RECALL,
        /** NDCG@20: moves with every change of order, so the search sees more. */
        NDCG,
        /** The mean of the two. */
        BOTH;

        private double of(int[] ranks) {
            return switch (this) {
                case RECALL -> Evaluation.recall(ranks, CUTOFF);
                case NDCG -> Evaluation.ndcg(ranks, CUTOFF);
                case BOTH -> (Evaluation.recall(ranks, CUTOFF) + Evaluation.ndcg(ranks, CUTOFF)) / 2;
            };
        }
    }

    /**
     * Sets the task.
     *
     * @param known what each user met in training: never recommended
     * @param heldOut the validation part, never the test part
     * @param objective what to look for
     */
    public BlendSearch(Interactions known, Interactions heldOut, Objective objective) {
        this.known = known;
        this.heldOut = heldOut;
        this.objective = objective;
    }

    /**
     * What a part does for a blend.
     *
     * @param part its name
     * @param weight its weight; the largest is 1, and 0 means that it was dropped
     * @param alone the objective of the part alone
     * @param without the objective of the blend if this part is left out and the other weights stay
     */
    public record Contribution(String part, double weight, double alone, double without) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s: weight %.3f, alone %.4f, blend without it %.4f", part, weight, alone, without);
        }
    }

    /**
     * What a search found.
     *
     * @param blend of the parts that have a weight
     * @param value the objective on the users looked at
     * @param contributions of all parts, in their order
     */
    public record Found(Blend blend, double value, List<Contribution> contributions) {

        /** Copies the list. */
        public Found {
            contributions = List.copyOf(contributions);
        }
    }

    /**
     * Searches.
     *
     * @param parts at least one; their scorers are asked by several threads at once
     * @return the best blend met
     * @throws IllegalArgumentException if there is no part or nobody has held-out items
     */
    public Found search(List<Part> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a blend needs a part");
        }
        Kept[] users = kept(parts);
        if (users.length == 0) {
            throw new IllegalArgumentException("nobody has held-out items to choose weights by");
        }
        double[] alone = new double[parts.size()];
        double[] best = new double[0];
        double value = -1;
        for (int p = 0; p < alone.length; p++) {
            double[] only = new double[alone.length];
            only[p] = 1;
            alone[p] = value(users, only);
            if (alone[p] > value) {
                value = alone[p];
                best = only;
            }
        }
        double before = -1;
        for (int round = 0; round < ROUNDS_MAX && value - before > GAIN_MIN; round++) {
            before = value;
            for (int p = 0; p < best.length; p++) {
                double[] base = best;
                for (double tried : steps(base, p)) {
                    double[] weights = base.clone();
                    weights[p] = tried;
                    double found = value(users, weights);
                    if (found > value) {
                        value = found;
                        best = weights;
                    }
                }
            }
        }
        return found(parts, users, best, alone);
    }

    private Found found(List<Part> parts, Kept[] users, double[] searched, double[] alone) {
        double largest = Arrays.stream(searched).max().orElseThrow();
        double[] weights = Arrays.stream(searched).map(w -> w / largest).toArray();
        double value = value(users, weights);
        List<Contribution> contributions = new ArrayList<>();
        List<Part> used = new ArrayList<>();
        for (int p = 0; p < weights.length; p++) {
            double[] without = weights.clone();
            without[p] = 0;
            contributions.add(new Contribution(parts.get(p).name(), weights[p], alone[p], value(users, without)));
            if (weights[p] != 0) {
                used.add(parts.get(p));
            }
        }
        double[] theirs = Arrays.stream(weights).filter(w -> w != 0).toArray();
        return new Found(Blend.of(used, Weighting.fixed(theirs), known), value, contributions);
    }

    /** Never the last weight to 0: a blend of nothing ranks nothing. */
    private static double[] steps(double[] weights, int part) {
        double largest = Arrays.stream(weights).max().orElseThrow();
        boolean only = Arrays.stream(weights).filter(w -> w != 0).count() == 1;
        if (weights[part] == 0) {
            return Arrays.stream(FIRST_STEPS).map(step -> step * largest).toArray();
        }
        return only
                ? new double[0]
                : Arrays.stream(NEXT_STEPS).map(step -> step * weights[part]).toArray();
    }

    private double value(Kept[] users, double[] weights) {
        // summed in the order of users, so that threads do not change the last digits
        double[] values = IntStream.range(0, users.length)
                .parallel()
                .mapToDouble(u -> objective.of(users[u].ranks(weights)))
                .toArray();
        return Arrays.stream(values).sum() / users.length;
    }

    private Kept[] kept(List<Part> parts) {
        int[] users = IntStream.range(0, heldOut.users())
                .filter(user -> heldOut.countOf(user) > 0)
                .toArray();
        long bytesOfUser = (parts.size() + 1L)
                * Float.BYTES
                * Math.min(
                        known.items(),
                        (long) KEPT_OF_PART * parts.size() + heldOut.count() / Math.max(1, users.length));
        int most = (int) Math.max(1, KEPT_BYTES_MAX / bytesOfUser);
        int every = (users.length + most - 1) / most;
        return IntStream.range(0, users.length)
                .filter(i -> i % Math.max(1, every) == 0)
                .parallel()
                .mapToObj(i -> keep(users[i], parts))
                .toArray(Kept[]::new);
    }

    private Kept keep(int user, List<Part> parts) {
        int items = known.items();
        int[] met = known.itemsOf(user);
        int[] targets = heldOut.itemsOf(user);
        boolean[] chosen = new boolean[items];
        float[][] rows = new float[parts.size()][items];
        for (int p = 0; p < rows.length; p++) {
            parts.get(p).scorer().score(user, rows[p]);
            StandardRow.standardise(rows[p], met);
            for (int item : met) {
                rows[p][item] = Float.NEGATIVE_INFINITY;
            }
            float[] sorted = rows[p].clone();
            Arrays.sort(sorted);
            float least = sorted[Math.max(0, items - KEPT_OF_PART)];
            int ties = KEPT_OF_PART;
            for (int item = 0; item < items; item++) {
                // constant rows, such as those of unknown users, would keep everything
                if (rows[p][item] > least || (rows[p][item] == least && ties-- > 0)) {
                    chosen[item] = true;
                }
            }
        }
        for (int item : met) {
            chosen[item] = false;
        }
        for (int item : targets) {
            chosen[item] = true;
        }
        int[] candidates =
                IntStream.range(0, items).filter(item -> chosen[item]).toArray();
        float[][] scores = new float[rows.length][candidates.length];
        for (int p = 0; p < rows.length; p++) {
            for (int c = 0; c < candidates.length; c++) {
                scores[p][c] = rows[p][candidates[c]];
            }
        }
        int[] places = Arrays.stream(targets)
                .map(item -> Arrays.binarySearch(candidates, item))
                .toArray();
        return new Kept(scores, places);
    }

    /** A user's standardised scores of the candidates, in the order of items, and where the held-out items are. */
    private static final class Kept {

        private final float[][] scores;
        private final int[] targets;

        Kept(float[][] scores, int[] targets) {
            this.scores = scores;
            this.targets = targets;
        }

        int[] ranks(double[] weights) {
            float[] sum = new float[scores[0].length];
            for (int p = 0; p < scores.length; p++) {
                float weight = (float) weights[p];
                if (weight != 0) {
                    float[] row = scores[p];
                    for (int c = 0; c < sum.length; c++) {
                        sum[c] += weight * row[c];
                    }
                }
            }
            return Evaluation.ranks(sum, targets);
        }
    }
}
