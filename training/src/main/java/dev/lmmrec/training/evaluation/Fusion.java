package dev.lmmrec.training.evaluation;

import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.data.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The four parts of a score, {@code <e_u, e_i>}, {@code <z_u, z_i>}, {@code Σ_m a_m·<z_m, z_i>} over the user's motives
 * and the item's popularity, and the search for their weights by Recall@20.
 */
public final class Fusion {

    private static final double[] STEPS = {0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};

    /** Motives always take part, for reasons are given by them; how much beyond the least is chosen. */
    private static final double[] MOTIVE_STEPS = {0.02, 0.05, 0.1, 0.2, 0.5, 1};

    private static final int CUTOFF = 20;

    /** A search looks at no more users than this, evenly spread; the figure it returns is of those. */
    private static final int USERS_MAX = 2_000;

    private final Factors interaction;
    private final Factors text;
    private final Factors motives;
    private final float[] popularity;

    /**
     * Takes the parts without motives.
     *
     * @param interaction normalised interaction vectors
     * @param text text vectors; zero vectors where there is no text
     * @param popularity {@code [n]}, 0 to 1
     */
    public Fusion(Factors interaction, Factors text, float[] popularity) {
        this(interaction, text, Factors.zero(1, interaction.userCount(), interaction.itemCount()), popularity);
    }

    /**
     * Takes the parts.
     *
     * @param interaction normalised interaction vectors
     * @param text text vectors; zero vectors where there is no text
     * @param motives the weighted sums of users' motives' aligned vectors, and the items' aligned vectors
     * @param popularity {@code [n]}, 0 to 1
     */
    public Fusion(Factors interaction, Factors text, Factors motives, float[] popularity) {
        this.interaction = interaction;
        this.text = text;
        this.motives = motives;
        this.popularity = popularity.clone();
    }

    /** Which weights a search may choose. */
    public enum Choice {
        /** Nothing to choose: the interaction part alone. */
        INTERACTION,
        /** Interaction and popularity, no text. */
        INTERACTION_AND_POPULARITY,
        /** Interaction, text and popularity. */
        ALL,
        /** Text and popularity, as for a user without an interaction vector. */
        TEXT_AND_POPULARITY;

        private List<Weights> grid() {
            List<Weights> grid = new ArrayList<>();
            switch (this) {
                case INTERACTION -> grid.add(new Weights(1, 0, 0, 0));
                case INTERACTION_AND_POPULARITY -> {
                    Arrays.stream(STEPS).forEach(popularity -> grid.add(new Weights(1, 0, 0, popularity)));
                    grid.add(new Weights(0, 0, 0, 1));
                }
                case ALL -> {
                    for (double text : STEPS) {
                        Arrays.stream(STEPS).forEach(popularity -> grid.add(new Weights(1, text, 0, popularity)));
                    }
                    grid.addAll(TEXT_AND_POPULARITY.grid());
                }
                case TEXT_AND_POPULARITY -> {
                    Arrays.stream(STEPS).forEach(popularity -> grid.add(new Weights(0, 1, 0, popularity)));
                    grid.add(new Weights(0, 0, 0, 1));
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
     * Tries every combination of a small grid, without motives.
     *
     * @param choice which weights may be chosen
     * @param known the items to leave out of the rankings
     * @param heldOut what should be ranked high: the validation part, never the test part
     * @return the best
     */
    public Found search(Choice choice, Interactions known, Interactions heldOut) {
        return best(choice.grid(), known, heldOut);
    }

    /**
     * Lets motives join weights that were found without them; their own weight is the one to choose, and never 0.
     *
     * @param found the weights of the other parts
     * @param known the items to leave out of the rankings
     * @param heldOut the validation part
     * @return the best; of equal ones the one in which motives weigh least
     */
    public Found searchMotives(Weights found, Interactions known, Interactions heldOut) {
        return best(
                Arrays.stream(MOTIVE_STEPS)
                        .mapToObj(motive -> new Weights(found.interaction(), found.text(), motive, found.popularity()))
                        .toList(),
                known,
                heldOut);
    }

    private Found best(List<Weights> grid, Interactions known, Interactions heldOut) {
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
        float[][] parts = parts(user);
        float[] fused = new float[popularity.length];
        int[] masked = known.itemsOf(user);
        int[] targets = heldOut.itemsOf(user);
        double[] recall = new double[grid.size()];
        for (int g = 0; g < recall.length; g++) {
            fuse(grid.get(g), parts, fused);
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
        return Scorer.shared((user, scores) -> fuse(weights, parts(user), scores));
    }

    private float[][] parts(int user) {
        float[][] parts = new float[3][popularity.length];
        interaction.score(user, parts[0]);
        text.score(user, parts[1]);
        motives.score(user, parts[2]);
        return parts;
    }

    private void fuse(Weights weights, float[][] parts, float[] fused) {
        float wx = (float) weights.interaction();
        float wt = (float) weights.text();
        float wm = (float) weights.motives();
        float wp = (float) weights.popularity();
        for (int item = 0; item < fused.length; item++) {
            fused[item] = wx * parts[0][item] + wt * parts[1][item] + wm * parts[2][item] + wp * popularity[item];
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
