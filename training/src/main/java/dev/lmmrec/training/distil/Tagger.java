package dev.lmmrec.training.distil;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.reading.student.TokenEncoder;
import dev.lmmrec.training.export.Weights;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The head: token vectors are made even, joined with the looks, and mixed by dilated convolutions that each add to what
 * was there. From each token's mix come its emissions, its votes, and how much its votes count.
 */
final class Tagger {

    /** How far apart the words are that each convolution looks at: 17 words in all. */
    static final List<Long> DILATIONS = List.of(1L, 2L, 4L, 1L);

    private static final float EPSILON = 1e-5f;
    private static final int TAGS = SpanMarker.TAGS.size();

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final NDManager manager;
    private final SplittableRandom random;
    private final float dropout;

    /** What comes out for the tokens of a batch, one row each. */
    record Output(NDArray emissions, NDArray attention, NDArray votes) {}

    Tagger(NDManager manager, int looksWidth, int width, double dropout, long seed) {
        this.manager = manager;
        this.random = new SplittableRandom(seed);
        this.dropout = (float) dropout;
        int seen = TokenEncoder.WIDTH + looksWidth;
        scaleAndShift("in", TokenEncoder.WIDTH);
        uniform("in.weight", seen, new Shape(seen, width));
        constant("in.bias", 0, new Shape(width));
        for (int i = 0; i < DILATIONS.size(); i++) {
            String name = "conv." + i;
            uniform(name + ".weight", 3 * width, new Shape(width, width, 3));
            constant(name + ".bias", 0, new Shape(width));
            scaleAndShift(name, width);
        }
        linear("tag", width, TAGS);
        linear("vote", width, width);
        uniform("attention.weight", width, new Shape(width, 1));
        linear("out", width, Head.VOTES);
        constant("transitions", 0, new Shape(TAGS, TAGS));
        constant("sides", 0, new Shape(2, Head.VOTES));
    }

    private void linear(String name, int in, int out) {
        uniform(name + ".weight", in, new Shape(in, out));
        constant(name + ".bias", 0, new Shape(out));
    }

    private void scaleAndShift(String name, int width) {
        constant(name + ".scale", 1, new Shape(width));
        constant(name + ".shift", 0, new Shape(width));
    }

    private void uniform(String name, int fanIn, Shape shape) {
        double bound = 1 / Math.sqrt(fanIn);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        parameters.put(name, Parameter.of(manager, name, shape, values));
    }

    private void constant(String name, float value, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        Arrays.fill(values, value);
        parameters.put(name, Parameter.of(manager, name, shape, values));
    }

    List<Parameter> parameters() {
        return new ArrayList<>(parameters.values());
    }

    Parameter parameter(String name) {
        return parameters.get(name);
    }

    /** Reads a batch; tokens that only fill it up are told by the mask. */
    Output read(Tape tape, Batch batch) {
        int reviews = batch.reviews();
        int length = batch.length();
        int rows = reviews * length;
        NDArray vectors = batch.vectors(tape);
        NDArray even = normalised(tape, "in", dropped(vectors), TokenEncoder.WIDTH);
        NDArray x = Activation.relu(times(tape, "in", even.concat(batch.looks(tape), 1)));
        x = dropped(x);
        int width = Math.toIntExact(x.getShape().get(1));
        NDArray mask = batch.mask(tape);
        for (int i = 0; i < DILATIONS.size(); i++) {
            String name = "conv." + i;
            long dilation = DILATIONS.get(i);
            NDArray rowsOfReviews = x.mul(mask).reshape(reviews, length, width).transpose(0, 2, 1);
            NDArray mixed = Conv1d.conv1d(
                            rowsOfReviews,
                            tape.of(parameter(name + ".weight")),
                            tape.of(parameter(name + ".bias")),
                            new Shape(1),
                            new Shape(dilation),
                            new Shape(dilation),
                            1)
                    .singletonOrThrow()
                    .transpose(0, 2, 1)
                    .reshape(rows, width);
            x = normalised(tape, name, x.add(dropped(Activation.relu(mixed))), width);
        }
        x = dropped(x);
        NDArray voters = dropped(Activation.relu(times(tape, "vote", x)));
        return new Output(
                times(tape, "tag", x),
                voters.matMul(tape.of(parameter("attention.weight"))),
                times(tape, "out", voters));
    }

    private NDArray times(Tape tape, String name, NDArray x) {
        return x.matMul(tape.of(parameter(name + ".weight"))).add(tape.of(parameter(name + ".bias")));
    }

    private NDArray normalised(Tape tape, String name, NDArray x, int width) {
        return LayerNorm.layerNorm(
                        x,
                        new Shape(width),
                        tape.of(parameter(name + ".scale")),
                        tape.of(parameter(name + ".shift")),
                        EPSILON)
                .singletonOrThrow();
    }

    private NDArray dropped(NDArray x) {
        NDList kept = Dropout.dropout(x, dropout, true);
        return kept.singletonOrThrow();
    }

    /** The numbers of the graph, by the names that {@link dev.lmmrec.training.export.StudentGraph} wants. */
    Map<String, Weights> weights() {
        Map<String, Weights> weights = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            if (!name.equals("transitions") && !name.equals("sides")) {
                weights.put(
                        name,
                        new Weights(
                                parameter.numbers().clone(),
                                parameter.value().getShape().getShape()));
            }
        });
        return weights;
    }
}
