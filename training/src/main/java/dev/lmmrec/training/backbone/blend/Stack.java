package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.HistoryScorer;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A learnt blend: its parts fill a pool of items, and a linear model of their scores and ranks, of how often the item
 * was met and of how much the user met orders the pool. What no part puts into the pool follows behind, by the mean of
 * the parts. Safe for use by several threads at once if its parts are.
 */
sealed class Stack implements Scorer {

    private final List<Part> parts;
    private final double[] weights;
    private final Interactions known;
    private final Pool.Activity activity;

    private Stack(List<Part> parts, double[] weights, Interactions known) {
        this.parts = List.copyOf(parts);
        this.weights = weights.clone();
        this.known = known;
        this.activity = new Pool.Activity(known);
    }

    /** A stack that needs nothing of a user but the history. */
    public static final class OfHistories extends Stack implements HistoryScorer {

        private OfHistories(List<Part> parts, double[] weights, Interactions known) {
            super(parts, weights, known);
        }

        @Override
        public void score(int[] history, float[] scores) {
            if (history.length == 0) {
                Arrays.fill(scores, 0);
            } else {
                stack(history, scores, (scorer, row) -> ((HistoryScorer) scorer).score(history, row));
            }
        }
    }

    private static final class OfUsers extends Stack {

        private OfUsers(List<Part> parts, double[] weights, Interactions known) {
            super(parts, weights, known);
        }
    }

    static Stack of(List<Part> parts, double[] weights, Interactions known) {
        return parts.stream().allMatch(part -> part.scorer() instanceof HistoryScorer)
                ? new OfHistories(parts, weights, known)
                : new OfUsers(parts, weights, known);
    }

    /**
     * What it is made of.
     *
     * @return the parts
     */
    public List<Part> parts() {
        return parts;
    }

    @Override
    public void score(int user, float[] scores) {
        stack(known.itemsOf(user), scores, (scorer, row) -> scorer.score(user, row));
    }

    @Override
    public Optional<Scorer> twin() {
        return parts.stream().allMatch(part -> part.scorer().twin().isPresent()) ? Optional.of(this) : Optional.empty();
    }

    void stack(int[] history, float[] scores, BiConsumer<Scorer, float[]> ask) {
        Pool pool = Pool.of(parts, history, activity, scores, ask);
        double[] ordered = pool.scored(weights);
        double least = 0;
        for (double score : ordered) {
            least = Math.min(least, score);
        }
        float most = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        for (int item = 0; item < scores.length; item++) {
            scores[item] = (float) (least - 1 - (most - scores[item]));
        }
        for (int c = 0; c < ordered.length; c++) {
            scores[pool.items()[c]] = (float) ordered[c];
        }
    }
}
