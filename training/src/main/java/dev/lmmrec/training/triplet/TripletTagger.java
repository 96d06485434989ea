package dev.lmmrec.training.triplet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lmmrec.reading.triplet.TripletHead;
import dev.lmmrec.training.encoder.Block;
import dev.lmmrec.training.encoder.Layers;
import dev.lmmrec.training.encoder.PieceBatch;
import dev.lmmrec.training.export.Weights;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The head for triplets: each word's tag, and for each pair of words a product of what the one says as an aspect and
 * the other as an opinion, one for each kind of pair, with what speaks for each word alone and for the distance.
 */
final class TripletTagger {

    private static final int KINDS = TripletHead.PAIRS;
    private static final float NONE = 4;

    private final Layers layers;
    private final Block block;
    private final int width;

    /** Tags one row a word, and pairs {@code [sentences, aspect, kind, opinion]}. */
    record Output(NDArray tags, NDArray pairs) {}

    TripletTagger(NDManager manager, Layers layers, TripletSettings settings) {
        this.layers = layers;
        this.width = settings.width();
        this.block = new Block(manager, settings.dropout(), settings.seed());
        block.scaleAndShift("in", layers.wordWidth());
        block.linear("in", layers.wordWidth(), width);
        block.linear("tag", width, TripletHead.TAGS.size());
        block.linear("aspect", width, width);
        block.linear("opinion", width, width);
        block.uniform("pair.weight", width, new Shape(width, (long) KINDS * width));
        block.linear("aspect.alone", width, KINDS);
        // most pairs are none
        block.parameter("aspect.alone.bias").set(new float[] {NONE, 0, 0, 0});
        block.uniform("opinion.alone.weight", width, new Shape(width, KINDS));
        block.constant("distance.weight", 0, new Shape(TripletHead.DISTANCES, KINDS));
    }

    List<Parameter> parameters() {
        return block.parameters();
    }

    Map<String, Weights> weights() {
        return Weights.byName(Stream.concat(layers.parameters().stream(), parameters().stream())
                .toList());
    }

    Output read(Tape tape, PieceBatch batch) {
        long sentences = batch.texts();
        long words = batch.words();
        NDArray even = block.normalised(tape, "in", layers.words(tape, batch));
        NDArray x = block.dropped(Activation.relu(block.times(tape, "in", even)));
        NDArray aspects = block.dropped(Activation.relu(block.times(tape, "aspect", x)));
        NDArray opinions = block.dropped(Activation.relu(block.times(tape, "opinion", x)));
        NDArray together = aspects.matMul(tape.of(block.parameter("pair.weight")))
                .reshape(sentences, words * KINDS, width)
                .matMul(opinions.reshape(sentences, words, width).transpose(0, 2, 1))
                .reshape(sentences, words, KINDS, words);
        NDArray aspectAlone = block.times(tape, "aspect.alone", aspects).reshape(sentences, words, KINDS, 1);
        NDArray opinionAlone = opinions.matMul(tape.of(block.parameter("opinion.alone.weight")))
                .reshape(sentences, words, KINDS)
                .transpose(0, 2, 1)
                .reshape(sentences, 1, KINDS, words);
        NDArray distance = tape.manager()
                .create(TripletHead.distances(batch.words()))
                .matMul(tape.of(block.parameter("distance.weight")))
                .reshape(words, words, KINDS)
                .transpose(0, 2, 1)
                .reshape(1, words, KINDS, words);
        return new Output(
                block.times(tape, "tag", x),
                together.add(aspectAlone).add(opinionAlone).add(distance));
    }
}
