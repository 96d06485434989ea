package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import java.util.Objects;

/** EASE cut down to rank d, so that a user is a vector of d numbers that follows from the history. */
final class LowRank implements Backbone.ClosedForm {

    private final Ease full;
    private final int width;

    /**
     * Sets the model.
     *
     * @param full what is cut down
     * @param width d, at least 1; no more than there are items is used
     */
    public LowRank(Ease full, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("a low-rank model needs a width of at least 1, got " + width);
        }
        this.full = Objects.requireNonNull(full);
        this.width = width;
    }

    @Override
    public String name() {
        return "low-rank";
    }

    @Override
    public LowRankModel fit(Interactions train) {
        return new Truncation(Math.min(width, train.items()), 1).of(full.fit(train));
    }
}
