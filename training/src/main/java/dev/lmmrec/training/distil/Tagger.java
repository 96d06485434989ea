package dev.lmmrec.training.distil;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv1d;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.reading.student.TokenEncoder;
import dev.lmmrec.training.encoder.Block;
import dev.lmmrec.training.export.Weights;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The head: token vectors are made even, joined with the looks, and mixed by dilated convolutions that each add to what
 * was there. From each token's mix come its emissions, its votes, and how much its votes count.
 */
final class Tagger {

    /** How far apart the words are that each convolution looks at: 17 words in all. */
    static final List<Long> DILATIONS = List.of(1L, 2L, 4L, 1L);

    private static final int TAGS = SpanMarker.TAGS.size();

    /** The chain's own; the graph is of the other numbers. */
    private static final Set<String> BESIDE_THE_GRAPH = Set.of("transitions", "sides");

    private final Block block;

    /** What comes out for the tokens of a batch, one row each. */
    record Output(NDArray emissions, NDArray attention, NDArray votes) {}

    Tagger(NDManager manager, int looksWidth, int width, double dropout, long seed) {
        this.block = new Block(manager, dropout, seed);
        block.scaleAndShift("in", TokenEncoder.WIDTH);
        block.linear("in", TokenEncoder.WIDTH + looksWidth, width);
        for (int i = 0; i < DILATIONS.size(); i++) {
            String name = "conv." + i;
            block.uniform(name + ".weight", 3 * width, new Shape(width, width, 3));
            block.constant(name + ".bias", 0, new Shape(width));
            block.scaleAndShift(name, width);
        }
        block.linear("tag", width, TAGS);
        block.linear("vote", width, width);
        block.uniform("attention.weight", width, new Shape(width, 1));
        block.linear("out", width, Head.VOTES);
        block.constant("transitions", 0, new Shape(TAGS, TAGS));
        block.constant("sides", 0, new Shape(2, Head.VOTES));
    }

    List<Parameter> parameters() {
        return block.parameters();
    }

    Parameter parameter(String name) {
        return block.parameter(name);
    }

    /** Reads a batch; tokens that only fill it up are told by the mask. */
    Output read(Tape tape, Batch batch) {
        int reviews = batch.reviews();
        int length = batch.length();
        int rows = reviews * length;
        NDArray even = block.normalised(tape, "in", block.dropped(batch.vectors(tape)));
        NDArray x = Activation.relu(block.times(tape, "in", even.concat(batch.looks(tape), 1)));
        x = block.dropped(x);
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
            x = block.normalised(tape, name, x.add(block.dropped(Activation.relu(mixed))));
        }
        x = block.dropped(x);
        NDArray voters = block.dropped(Activation.relu(block.times(tape, "vote", x)));
        return new Output(
                block.times(tape, "tag", x),
                voters.matMul(tape.of(parameter("attention.weight"))),
                block.times(tape, "out", voters));
    }

    /** The numbers of the graph, by the names that {@link dev.lmmrec.training.export.StudentGraph} wants. */
    Map<String, Weights> weights() {
        return Weights.byName(parameters().stream()
                .filter(each -> !BESIDE_THE_GRAPH.contains(each.name()))
                .toList());
    }
}
