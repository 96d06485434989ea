package dev.lmmrec.training.evaluation;

import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.data.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The three parts of a score, {@code <e_u, e_i>}, {@code <z_u, z_i>} and the item's popularity, and the search for
 * their weights by Recall@20.
 */
public final class Fusion {

    private static final double[] STEPS = {0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};
    private static final int CUTOFF = 20;

    /** A search looks at no more users than this, evenly spread; the figure it returns is of those. */
    private static final int USERS_MAX = 2_000;

    private final Factors interaction;
    private final Factors aligned;
    private final float[] popularity;

    /**
     * Takes the parts.
     *
     * @param interaction normalised interaction vectors
     * @param aligned aligned text vectors; zero vectors where there is no text
     * @param popularity {@code [n]}, 0 to 1
     */
    public Fusion(Factors interaction, Factors aligned, float[] popularity) {
        this.interaction = interaction;
        this.aligned = aligned;
        this.popularity = popularity.clone();
    }

    /** Which weights a search may choose. */
    public enum Choice {
        /** Nothing to choose: the interaction part alone. */
        INTERACTION,
        /** Interaction and popularity, no text. */
        INTERACTION_AND_POPULARITY,
        /** All three. */
        ALL,
        /** Text and popularity, as for a user without an interaction vector. */
        TEXT_AND_POPULARITY;

        private List<Weights> grid() {
            List<Weights> grid = new ArrayList<>();
            switch (this) {
                case INTERACTION -> grid.add(new Weights(1, 0, 0));
                case INTERACTION_AND_POPULARITY -> {
                    Arrays.stream(STEPS).forEach(popularity -> grid.add(new Weights(1, 0, popularity)));
                    grid.add(new Weights(0, 0, 1));
                }
                case ALL -> {
                    for (double text : STEPS) {
                        Arrays.stream(STEPS).forEach(popularity -> grid.add(new Weights(1, text, popularity)));
                    }
                    grid.addAll(TEXT_AND_POPULARITY.grid());
                }
                case TEXT_AND_POPULARITY -> {
                    Arrays.stream(STEPS).forEach(popularity -> grid.add(new Weights(0, 1, popularity)));
                    grid.add(new Weights(0, 0, 1));
                }
            }
            return grid;
        }
    }

    /**
     * What a search found.
     *
     * @param weights the best weights; of equal ones the first, which leans on interactions
     * @param recall their Recall@20
     */
    public record Found(Weights weights, double recall) {}

    /**
     * Tries every combination of a small grid.
     *
     * @param choice which weights may be chosen
     * @param known the items to leave out of the rankings
     * @param heldOut what should be ranked high: the validation part, never the test part
     * @return the best
     */
    public Found search(Choice choice, Interactions known, Interactions heldOut) {
        List<Weights> grid = choice.grid();
        int[] users = usersOf(heldOut);
        double[][] recallOf = new double[users.length][];
        IntStream.range(0, users.length).parallel().forEach(u -> recallOf[u] = recalls(users[u], grid, known, heldOut));
        double[] recall = new double[grid.size()];
        // in the order of users, so that the sums do not depend on the threads
        for (double[] own : recallOf) {
            for (int g = 0; g < recall.length; g++) {
                recall[g] += own[g];
            }
        }
        int best = 0;
        for (int g = 1; g < recall.length; g++) {
            best = recall[g] > recall[best] ? g : best;
        }
        return new Found(grid.get(best), users.length == 0 ? 0 : recall[best] / users.length);
    }

    private double[] recalls(int user, List<Weights> grid, Interactions known, Interactions heldOut) {
        float[] x = new float[popularity.length];
        float[] t = new float[popularity.length];
        float[] fused = new float[popularity.length];
        interaction.score(user, x);
        aligned.score(user, t);
        int[] masked = known.itemsOf(user);
        int[] targets = heldOut.itemsOf(user);
        double[] recall = new double[grid.size()];
        for (int g = 0; g < recall.length; g++) {
            fuse(grid.get(g), x, t, fused);
            for (int item : masked) {
                fused[item] = Float.NEGATIVE_INFINITY;
            }
            recall[g] = Evaluation.recall(Evaluation.ranks(fused, targets), CUTOFF);
        }
        return recall;
    }

    /**
     * The fused scorer.
     *
     * @param weights one per part
     * @return a scorer that several threads may use at once
     */
    public Scorer scorer(Weights weights) {
        return Scorer.shared((user, scores) -> {
            float[] x = new float[popularity.length];
            float[] t = new float[popularity.length];
            interaction.score(user, x);
            aligned.score(user, t);
            fuse(weights, x, t, scores);
        });
    }

    private void fuse(Weights weights, float[] x, float[] t, float[] fused) {
        float wx = (float) weights.interaction();
        float wt = (float) weights.text();
        float wp = (float) weights.popularity();
        for (int item = 0; item < fused.length; item++) {
            fused[item] = wx * x[item] + wt * t[item] + wp * popularity[item];
        }
    }

    private static int[] usersOf(Interactions heldOut) {
        int[] users = IntStream.range(0, heldOut.users())
                .filter(user -> heldOut.countOf(user) > 0)
                .toArray();
        if (users.length <= USERS_MAX) {
            return users;
        }
        int[] spread = new int[USERS_MAX];
        for (int i = 0; i < USERS_MAX; i++) {
            spread[i] = users[(int) ((long) i * users.length / USERS_MAX)];
        }
        return spread;
    }
}
