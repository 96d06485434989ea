package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.HistoryScorer;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The weighted sum of its parts' standardised scores. Safe for use by several threads at once if its parts are. */
sealed class Blend implements Scorer {

    private final List<Part> parts;
    private final Weighting weighting;
    private final Interactions known;

    private Blend(List<Part> parts, Weighting weighting, Interactions known) {
        this.parts = List.copyOf(parts);
        this.weighting = weighting;
        this.known = known;
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a blend needs a part");
        }
    }

    /** A blend that needs nothing of a user but the history. */
    public static final class OfHistories extends Blend implements HistoryScorer {

        private OfHistories(List<Part> parts, Weighting weighting, Interactions known) {
            super(parts, weighting, known);
        }

        @Override
        public void score(int[] history, float[] scores) {
            blend(history, scores, (scorer, row) -> ((HistoryScorer) scorer).score(history, row));
        }
    }

    /** Only a blend of its own kind, scored by the user's index. */
    private static final class OfUsers extends Blend {

        private OfUsers(List<Part> parts, Weighting weighting, Interactions known) {
            super(parts, weighting, known);
        }
    }

    /**
     * Puts parts together.
     *
     * @param parts at least one
     * @param weighting one weight a part
     * @param known what each user met in training
     * @return the blend, a {@link HistoryScorer} if all parts are
     */
    public static Blend of(List<Part> parts, Weighting weighting, Interactions known) {
        return parts.stream().allMatch(part -> part.scorer() instanceof HistoryScorer)
                ? new OfHistories(parts, weighting, known)
                : new OfUsers(parts, weighting, known);
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
        blend(known.itemsOf(user), scores, (scorer, row) -> scorer.score(user, row));
    }

    @Override
    public Optional<Scorer> twin() {
        return parts.stream().allMatch(part -> part.scorer().twin().isPresent()) ? Optional.of(this) : Optional.empty();
    }

    void blend(int[] history, float[] scores, BiConsumer<Scorer, float[]> ask) {
        double[] weights = weighting.of(history.length);
        if (weights.length != parts.size()) {
            throw new IllegalStateException(weights.length + " weights for " + parts.size() + " parts");
        }
        float[] row = new float[scores.length];
        Arrays.fill(scores, 0);
        for (int p = 0; p < weights.length; p++) {
            if (weights[p] != 0) {
                ask.accept(parts.get(p).scorer(), row);
                StandardRow.standardise(row, history);
                float weight = (float) weights[p];
                for (int item = 0; item < row.length; item++) {
                    scores[item] += weight * row[item];
                }
            }
        }
    }
}
