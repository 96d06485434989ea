package dev.lmmrec.training.encoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.gradient.Adam;
import dev.lmmrec.training.gradient.Tape;
import java.util.List;
import java.util.function.Supplier;

/**
 * Training in batches: each is learnt from on a tape of its own, then all optimizers step.
 *
 * @param <T> what a batch is made of
 */
public final class Pass<T> {

    private final NDManager manager;
    private final Lesson<T> lesson;
    private final Runnable progress;

    /**
     * What is learnt from a batch.
     *
     * @param <T> what the batch is made of
     */
    @FunctionalInterface
    public interface Lesson<T> {

        /**
         * Differentiates.
         *
         * @param tape of this step
         * @param batch the batch
         * @return how wrong it was
         */
        double learn(Tape tape, List<T> batch);
    }

    /**
     * Names what is trained.
     *
     * @param manager owns what a step makes
     * @param lesson what is learnt from a batch
     * @param progress told of each step
     */
    public Pass(NDManager manager, Lesson<T> lesson, Runnable progress) {
        this.manager = manager;
        this.lesson = lesson;
        this.progress = progress;
    }

    /**
     * Goes through all batches some times.
     *
     * @param epochs how often
     * @param batches draws them anew each time, always as many
     * @param optimizers of what is trained
     * @return how wrong it was the last time, on average over batches
     */
    public double run(int epochs, Supplier<List<List<T>>> batches, List<Adam> optimizers) {
        double error = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            List<List<T>> drawn = batches.get();
            Rates rates = new Rates(epochs * drawn.size());
            double sum = 0;
            for (int i = 0; i < drawn.size(); i++) {
                double share = rates.share(epoch * drawn.size() + i);
                try (NDManager step = manager.newSubManager();
                        Tape tape = new Tape(step, Engine.getInstance())) {
                    sum += lesson.learn(tape, drawn.get(i));
                    optimizers.forEach(optimizer -> optimizer.step(tape, share));
                }
                progress.run();
            }
            error = sum / drawn.size();
        }
        return error;
    }
}
