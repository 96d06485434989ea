package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.HistoryEncoder;
import java.util.Arrays;

/** A linear item-history encoder of width d: a user's vector is the sum of the history's rows of P. */
public final class LowRankModel implements HistoryEncoder {

    private final Interactions train;
    private final LowRankRows weights;

    LowRankModel(Interactions train, LowRankRows weights) {
        this.train = train;
        this.weights = weights;
    }

    @Override
    public void score(int user, float[] scores) {
        score(train.itemsOf(user), scores);
    }

    @Override
    public void score(int[] history, float[] scores) {
        Arrays.fill(scores, 0);
        weights.add(history, 1, scores);
    }

    @Override
    public float[] encode(int[] history) {
        return weights.sum(history);
    }

    @Override
    public Factors factors() {
        int width = weights.width();
        float[] users = new float[train.users() * width];
        for (int user = 0; user < train.users(); user++) {
            System.arraycopy(encode(train.itemsOf(user)), 0, users, user * width, width);
        }
        return new Factors(width, users, weights.to().clone());
    }
}
