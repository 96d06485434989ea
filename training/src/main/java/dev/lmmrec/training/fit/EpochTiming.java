package dev.lmmrec.training.fit;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.text.RandomTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long an epoch of training takes, without validation. Text is random where the data has none, which takes as long
 * as real sentence vectors; words take no part.
 */
public final class EpochTiming {

    private final Settings settings;

    /**
     * Sets the run.
     *
     * @param settings its shape; wrapper {@code none} to time the backbone alone
     */
    public EpochTiming(Settings settings) {
        this.settings = settings;
    }

    /**
     * Trains and measures.
     *
     * @param backbone the recipe
     * @param train what to learn from
     * @param epochs how many are measured, after two that warm up
     * @return the seconds of each, in their order
     */
    public List<Double> secondsOf(Backbone.Learnt backbone, Interactions train, int epochs) {
        List<Long> ends = new ArrayList<>();
        new Trainer(settings, epoch -> ends.add(System.nanoTime()))
                .refit(
                        backbone,
                        settings.newWrapper(),
                        train,
                        Optional.of(RandomTexts.of(train, settings.seed())),
                        epochs + 2);
        List<Double> seconds = new ArrayList<>();
        for (int epoch = 2; epoch < ends.size(); epoch++) {
            seconds.add((ends.get(epoch) - ends.get(epoch - 1)) / 1e9);
        }
        return seconds;
    }
}
