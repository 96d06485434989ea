package dev.lmmrec.training.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Scaled;
import java.util.List;
import java.util.function.Function;

/**
 * Motivation vectors, 384 → d through one hidden layer of (384 + d) / 2 with LeakyReLU, pooled by attention: the
 * owner's interaction vector asks, heavier motivations answer louder. One for users and items.
 */
public final class MotiveEncoder {

    /** Takes an empty slot out of the attention. */
    private static final float CLOSED = -1e9f;

    private final int width;
    private final NDArray userVectors;
    private final NDArray itemVectors;
    private final Motives userMotives;
    private final Motives itemMotives;
    private final Parameter hiddenWeight;
    private final Parameter hiddenBias;
    private final Parameter outWeight;

    /**
     * Draws the first parameters.
     *
     * @param texts the motivations
     * @param width d
     * @param seed repeats the draw
     * @param manager owns the parameters and the vectors on the device
     */
    public MotiveEncoder(ReviewTexts texts, int width, long seed, NDManager manager) {
        this.width = width;
        this.userMotives = texts.userMotives();
        this.itemMotives = texts.itemMotives();
        this.userVectors = matrix(manager, userMotives.vectors());
        this.itemVectors = matrix(manager, itemMotives.vectors());
        int hidden = (Dataset.TEXT_WIDTH + width) / 2;
        this.hiddenWeight =
                Parameter.xavier(manager, "motive.hidden.weight", new Shape(Dataset.TEXT_WIDTH, hidden), seed);
        this.hiddenBias = Parameter.of(manager, "motive.hidden.bias", new Shape(hidden), new float[hidden]);
        this.outWeight = Parameter.xavier(manager, "motive.out.weight", new Shape(hidden, width), seed + 1);
    }

    /**
     * What is trained.
     *
     * @return the parameters, always in the same order
     */
    public List<Parameter> parameters() {
        return List.of(hiddenWeight, hiddenBias, outWeight);
    }

    /**
     * Pooled motivations of users.
     *
     * @param users indices {@code [k]}
     * @param leftOut the item whose review is left out for each, {@code [k]}; -1 for none
     * @param queries interaction vectors {@code [k, d]}
     * @param value a parameter as the caller's differentiation sees it
     * @return {@code [k, d]}; zero rows where there is no motivation
     */
    public NDArray users(int[] users, int[] leftOut, NDArray queries, Function<Parameter, NDArray> value) {
        return pooled(userVectors, userMotives, users, leftOut, queries, value);
    }

    /**
     * Pooled motivations of items.
     *
     * @param items indices {@code [k]}
     * @param leftOut the user whose review is left out for each, {@code [k]}; -1 for none
     * @param queries interaction vectors {@code [k, d]}
     * @param value a parameter as the caller's differentiation sees it
     * @return {@code [k, d]}; zero rows where there is no motivation
     */
    public NDArray items(int[] items, int[] leftOut, NDArray queries, Function<Parameter, NDArray> value) {
        return pooled(itemVectors, itemMotives, items, leftOut, queries, value);
    }

    private NDArray pooled(
            NDArray vectors,
            Motives motives,
            int[] owners,
            int[] leftOut,
            NDArray queries,
            Function<Parameter, NDArray> value) {
        NDManager manager = queries.getManager();
        int k = owners.length;
        float[] weights = motives.weights(owners, leftOut);
        float[] bias = new float[weights.length];
        float[] some = new float[k];
        for (int at = 0; at < weights.length; at++) {
            bias[at] = weights[at] > 0 ? (float) Math.log(weights[at]) : CLOSED;
            some[at / Motives.SLOTS] = weights[at] > 0 ? 1 : some[at / Motives.SLOTS];
        }
        NDArray text = ChosenRows.of(manager, vectors, motives.rows(owners));
        NDArray hidden = Activation.leakyRelu(
                text.matMul(value.apply(hiddenWeight)).add(value.apply(hiddenBias)), TextEncoder.NEGATIVE_SLOPE);
        NDArray motive = hidden.matMul(value.apply(outWeight)).reshape(k, Motives.SLOTS, width);
        NDArray answers = motive.mul(queries.reshape(k, 1, width)).sum(new int[] {2});
        NDArray asked = Scaled.over(answers, Math.sqrt(width)).add(manager.create(bias, new Shape(k, Motives.SLOTS)));
        NDArray attention = asked.softmax(1).reshape(k, Motives.SLOTS, 1);
        return motive.mul(attention).sum(new int[] {1}).mul(manager.create(some, new Shape(k, 1)));
    }

    private static NDArray matrix(NDManager manager, float[] flat) {
        return manager.create(flat, new Shape(flat.length / Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH));
    }
}
