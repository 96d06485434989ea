package dev.lmmrec.training.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import dev.lmmrec.training.encoder.EncoderLayer.Linear;
import dev.lmmrec.training.encoder.EncoderLayer.Norm;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The upper layers of the encoder. They are frozen at first. */
public final class Layers {

    /** Attention looks in so many ways at once. */
    public static final int HEADS = 12;

    private static final float EPSILON = 1e-12f;

    private final NDManager manager;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final int count;
    private final int width;
    private final float dropout;
    private boolean frozen = true;

    /**
     * Begins with the numbers that the encoder comes with.
     *
     * @param manager owns them
     * @param dropout share of numbers that are left out in training
     * @throws IOException if the encoder cannot be read
     */
    public Layers(NDManager manager, double dropout) throws IOException {
        this(manager, PretrainedLayers.read(), dropout);
    }

    Layers(NDManager manager, List<EncoderLayer> begin, double dropout) {
        this.manager = manager;
        this.count = begin.size();
        this.width = begin.get(0).attended().bias().length;
        this.dropout = (float) dropout;
        for (int i = 0; i < count; i++) {
            EncoderLayer layer = begin.get(i);
            add(i, "qkv", layer.queryKeyValue());
            add(i, "attended", layer.attended());
            add(i, "attended", layer.attendedNorm());
            add(i, "inner", layer.inner());
            add(i, "outer", layer.outer());
            add(i, "outer", layer.outerNorm());
        }
    }

    private void add(int layer, String name, Linear linear) {
        int columns = linear.bias().length;
        add(layer, name + ".weight", linear.weight(), linear.weight().length / columns, columns);
        add(layer, name + ".bias", linear.bias(), columns);
    }

    private void add(int layer, String name, Norm norm) {
        add(layer, name + ".scale", norm.scale(), norm.scale().length);
        add(layer, name + ".shift", norm.shift(), norm.shift().length);
    }

    private void add(int layer, String name, float[] values, long... shape) {
        String full = "layer." + layer + "." + name;
        parameters.put(full, Parameter.of(manager, full, new Shape(shape), values));
    }

    /**
     * How many numbers {@link #words} gives a word.
     *
     * @return those of all layers and of what is below them
     */
    public int wordWidth() {
        return (1 + count) * width;
    }

    /** From now on they are trained with what stands on top of them. */
    public void unfreeze() {
        frozen = false;
    }

    /**
     * All numbers.
     *
     * @return named as {@link dev.lmmrec.training.export.LayersGraph} wants them
     */
    public List<Parameter> parameters() {
        return new ArrayList<>(parameters.values());
    }

    /**
     * Reads a batch.
     *
     * @param tape the step
     * @param batch texts
     * @return for each word what is said of it below the layers and by each of them, side by side: {@code [texts ×
     *     words, wordWidth]}
     */
    public NDArray words(Tape tape, PieceBatch batch) {
        NDArray below = batch.vectors(tape);
        NDList said = new NDList(below);
        said.addAll(read(tape, below, batch.away(tape)));
        NDArray pieces = NDArrays.concat(said, 1).reshape(batch.texts(), batch.pieces(), wordWidth());
        return batch.shares(tape).matMul(pieces).reshape((long) batch.texts() * batch.words(), wordWidth());
    }

    /** What each layer says of each piece, from the lowest up. */
    List<NDArray> read(Tape tape, NDArray pieces, NDArray away) {
        List<NDArray> said = new ArrayList<>();
        NDArray x = pieces;
        for (int i = 0; i < count; i++) {
            x = layer(tape, "layer." + i + ".", x, away);
            said.add(x);
        }
        return said;
    }

    private NDArray layer(Tape tape, String layer, NDArray x, NDArray away) {
        long texts = away.getShape().get(0);
        long length = away.getShape().get(3);
        long each = width / HEADS;
        NDArray parts = times(tape, layer + "qkv", x)
                .reshape(texts, length, 3, HEADS, each)
                .transpose(2, 0, 3, 1, 4);
        NDArray query = parts.get(0).mul(tape.number(1 / Math.sqrt((double) each)));
        NDArray seen = query.matMul(parts.get(1).transpose(0, 1, 3, 2))
                .add(away)
                .softmax(3)
                .matMul(parts.get(2))
                .transpose(0, 2, 1, 3)
                .reshape(texts * length, width);
        NDArray attended = normalised(tape, layer + "attended", x.add(dropped(times(tape, layer + "attended", seen))));
        NDArray inner = Activation.gelu(times(tape, layer + "inner", attended));
        return normalised(tape, layer + "outer", attended.add(dropped(times(tape, layer + "outer", inner))));
    }

    private NDArray times(Tape tape, String name, NDArray x) {
        return x.matMul(numbers(tape, name + ".weight")).add(numbers(tape, name + ".bias"));
    }

    private NDArray normalised(Tape tape, String name, NDArray x) {
        return LayerNorm.layerNorm(
                        x, new Shape(width), numbers(tape, name + ".scale"), numbers(tape, name + ".shift"), EPSILON)
                .singletonOrThrow();
    }

    private NDArray numbers(Tape tape, String name) {
        Parameter parameter = parameters.get(name);
        return frozen ? parameter.value() : tape.of(parameter);
    }

    private NDArray dropped(NDArray x) {
        return frozen ? x : Dropout.dropout(x, dropout, true).singletonOrThrow();
    }
}
