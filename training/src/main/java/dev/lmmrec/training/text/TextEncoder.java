package dev.lmmrec.training.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Two layers, 384 → (384 + d) / 2 → d with LeakyReLU between and L2 normalisation at the end; one for users and items.
 */
public final class TextEncoder {

    /** The slope of LeakyReLU below zero. */
    public static final float NEGATIVE_SLOPE = 0.01f;

    /** Added to the squared norm before its root, so that a zero vector stays finite. */
    public static final float NORM_EPSILON = 1e-12f;

    private final TextSides sides;
    private final int width;
    private final NDArray userText;
    private final NDArray itemText;
    private final Parameter hiddenWeight;
    private final Parameter hiddenBias;
    private final Parameter outWeight;
    private final Parameter outBias;

    /**
     * Draws the first parameters.
     *
     * @param sides the text vectors
     * @param width d
     * @param seed repeats the draw
     * @param manager owns the parameters and the text on the device
     */
    public TextEncoder(TextSides sides, int width, long seed, NDManager manager) {
        this.sides = sides;
        this.width = width;
        int hidden = (Dataset.TEXT_WIDTH + width) / 2;
        this.userText = matrix(manager, sides.userMatrix());
        this.itemText = matrix(manager, sides.itemMatrix());
        this.hiddenWeight =
                Parameter.xavier(manager, "text.hidden.weight", new Shape(Dataset.TEXT_WIDTH, hidden), seed);
        this.hiddenBias = Parameter.of(manager, "text.hidden.bias", new Shape(hidden), new float[hidden]);
        this.outWeight = Parameter.xavier(manager, "text.out.weight", new Shape(hidden, width), seed + 1);
        this.outBias = Parameter.of(manager, "text.out.bias", new Shape(width), new float[width]);
    }

    /**
     * Goes on with trained parameters.
     *
     * @param sides the text vectors
     * @param weights the parameters
     * @param manager owns the parameters and the text on the device
     */
    public TextEncoder(TextSides sides, Weights weights, NDManager manager) {
        this(sides, weights.width(), 0, manager);
        hiddenWeight.set(weights.hiddenWeight);
        hiddenBias.set(weights.hiddenBias);
        outWeight.set(weights.outWeight);
        outBias.set(weights.outBias);
    }

    private TextEncoder(TextEncoder other, NDManager manager) {
        this.sides = other.sides;
        this.width = other.width;
        this.userText = other.userText;
        this.itemText = other.itemText;
        this.hiddenWeight = copy(other.hiddenWeight, manager);
        this.hiddenBias = copy(other.hiddenBias, manager);
        this.outWeight = copy(other.outWeight, manager);
        this.outBias = copy(other.outBias, manager);
    }

    private static Parameter copy(Parameter parameter, NDManager manager) {
        return Parameter.of(manager, parameter.name(), parameter.value().getShape(), parameter.toFloatArray());
    }

    /**
     * An encoder of the same text with parameters of its own, equal at first.
     *
     * @param manager owns the new parameters
     * @return the copy
     */
    public TextEncoder copy(NDManager manager) {
        return new TextEncoder(this, manager);
    }

    private static NDArray matrix(NDManager manager, float[] flat) {
        return manager.create(flat, new Shape(flat.length / Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH));
    }

    /**
     * What is trained.
     *
     * @return the parameters, always in the same order
     */
    public List<Parameter> parameters() {
        return List.of(hiddenWeight, hiddenBias, outWeight, outBias);
    }

    /**
     * The text it encodes.
     *
     * @return the vectors of users and items
     */
    public TextSides sides() {
        return sides;
    }

    /**
     * Aligned vectors of users.
     *
     * @param tape records the step
     * @param users indices {@code [B]}
     * @return {@code [B, d]}, L2-normalised
     */
    public NDArray users(Tape tape, int[] users) {
        return direction(encoded(ChosenRows.of(tape.manager(), userText, users), tape::of));
    }

    /**
     * Aligned vectors of items.
     *
     * @param tape records the step
     * @param items indices {@code [B]}
     * @return {@code [B, d]}, L2-normalised
     */
    public NDArray items(Tape tape, int[] items) {
        return direction(encoded(ChosenRows.of(tape.manager(), itemText, items), tape::of));
    }

    /**
     * Users' vectors before they are normalised, to which others can be added.
     *
     * @param tape records the step
     * @param users indices {@code [B]}
     * @return {@code [B, d]}
     */
    public NDArray usersEncoded(Tape tape, int[] users) {
        return encoded(ChosenRows.of(tape.manager(), userText, users), tape::of);
    }

    /**
     * Items' vectors before they are normalised, to which others can be added.
     *
     * @param tape records the step
     * @param items indices {@code [B]}
     * @return {@code [B, d]}
     */
    public NDArray itemsEncoded(Tape tape, int[] items) {
        return encoded(ChosenRows.of(tape.manager(), itemText, items), tape::of);
    }

    /**
     * All users' vectors with the present parameters, before they are normalised.
     *
     * @return {@code [U, d]}
     */
    public NDArray usersEncoded() {
        return encoded(userText, Parameter::value);
    }

    /**
     * All items' vectors with the present parameters, before they are normalised.
     *
     * @return {@code [n, d]}
     */
    public NDArray itemsEncoded() {
        return encoded(itemText, Parameter::value);
    }

    /**
     * Aligned vectors of all users and items with the present parameters.
     *
     * @return vectors, zero where there is no text
     */
    public Factors vectors() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] users = direction(usersEncoded()).toFloatArray();
            float[] items = direction(itemsEncoded()).toFloatArray();
            clear(users, sides::hasUser);
            clear(items, sides::hasItem);
            return new Factors(width, users, items);
        }
    }

    /**
     * Copies the parameters.
     *
     * @return the weights
     */
    public Weights weights() {
        return new Weights(
                width,
                hiddenWeight.toFloatArray(),
                hiddenBias.toFloatArray(),
                outWeight.toFloatArray(),
                outBias.toFloatArray());
    }

    /**
     * Encodes any text.
     *
     * @param text sentence vectors {@code [k, 384]}
     * @param value a parameter as the caller's differentiation sees it
     * @return {@code [k, d]}, not normalised
     */
    public NDArray encoded(NDArray text, Function<Parameter, NDArray> value) {
        NDArray hidden = Activation.leakyRelu(
                text.matMul(value.apply(hiddenWeight)).add(value.apply(hiddenBias)), NEGATIVE_SLOPE);
        return hidden.matMul(value.apply(outWeight)).add(value.apply(outBias));
    }

    /**
     * Scales rows to length 1.
     *
     * @param rows {@code [k, d]}
     * @return their directions; a row of zeros stays
     */
    public static NDArray direction(NDArray rows) {
        return rows.div(rows.square().sum(new int[] {1}, true).add(NORM_EPSILON).sqrt());
    }

    private void clear(float[] vectors, IntPredicate hasText) {
        IntStream.range(0, vectors.length / width)
                .filter(hasText.negate())
                .forEach(row -> Arrays.fill(vectors, row * width, (row + 1) * width, 0));
    }

    /** The numbers of a trained encoder, as they go into an artefact. */
    public static final class Weights {

        private final int width;
        private final float[] hiddenWeight;
        private final float[] hiddenBias;
        private final float[] outWeight;
        private final float[] outBias;

        /**
         * Takes over numbers.
         *
         * @param width of aligned vectors, d
         * @param hiddenWeight {@code [384, h]} flat
         * @param hiddenBias {@code [h]}
         * @param outWeight {@code [h, d]} flat
         * @param outBias {@code [d]}
         * @throws IllegalArgumentException if their sizes do not fit
         */
        public Weights(int width, float[] hiddenWeight, float[] hiddenBias, float[] outWeight, float[] outBias) {
            int hidden = hiddenBias.length;
            if (outBias.length != width
                    || outWeight.length != hidden * width
                    || hiddenWeight.length != Dataset.TEXT_WIDTH * hidden) {
                throw new IllegalArgumentException("layers of " + hiddenWeight.length + " + " + hidden + " and "
                        + outWeight.length + " + " + outBias.length + " numbers do not make vectors of " + width);
            }
            this.width = width;
            this.hiddenWeight = hiddenWeight;
            this.hiddenBias = hiddenBias;
            this.outWeight = outWeight;
            this.outBias = outBias;
        }

        /**
         * The width of aligned vectors.
         *
         * @return d
         */
        public int width() {
            return width;
        }

        /**
         * The width of the hidden layer.
         *
         * @return h
         */
        public int hidden() {
            return hiddenBias.length;
        }

        /**
         * First layer.
         *
         * @return {@code [384, h]} flat, a copy
         */
        public float[] hiddenWeight() {
            return hiddenWeight.clone();
        }

        /**
         * First layer.
         *
         * @return {@code [h]}, a copy
         */
        public float[] hiddenBias() {
            return hiddenBias.clone();
        }

        /**
         * Second layer.
         *
         * @return {@code [h, d]} flat, a copy
         */
        public float[] outWeight() {
            return outWeight.clone();
        }

        /**
         * Second layer.
         *
         * @return {@code [d]}, a copy
         */
        public float[] outBias() {
            return outBias.clone();
        }
    }
}
