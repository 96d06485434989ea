package dev.lmmrec.training.distil;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.reading.student.TokenEncoder;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Tape;
import java.util.ArrayList;
import java.util.List;

/** Examples that are read together, each filled up to the length of the longest: one row a token. */
final class Batch {

    private final List<Example> examples;
    private final HostMemory memory;
    private final int looksWidth;
    private final int length;

    /** A labelled span of the batch, with the row of its first token. */
    record Placed(int firstRow, Example.Gold gold) {}

    Batch(List<Example> examples, int looksWidth, HostMemory memory) {
        this.examples = List.copyOf(examples);
        this.memory = memory;
        this.looksWidth = looksWidth;
        this.length = examples.stream().mapToInt(Example::size).max().orElse(0);
    }

    int reviews() {
        return examples.size();
    }

    int length() {
        return length;
    }

    int rows() {
        return examples.size() * length;
    }

    List<Example> examples() {
        return examples;
    }

    NDArray vectors(Tape tape) {
        float[] rows = new float[rows() * TokenEncoder.WIDTH];
        for (int i = 0; i < examples.size(); i++) {
            examples.get(i).vectorsInto(rows, i * length * TokenEncoder.WIDTH);
        }
        return tape.manager().create(rows, new Shape(rows(), TokenEncoder.WIDTH));
    }

    NDArray looks(Tape tape) {
        float[] rows = new float[rows() * looksWidth];
        for (int i = 0; i < examples.size(); i++) {
            for (int token = 0; token < examples.get(i).size(); token++) {
                float[] looks = examples.get(i).looksOf(token);
                System.arraycopy(looks, 0, rows, (i * length + token) * looksWidth, looksWidth);
            }
        }
        return tape.constant(memory, new Shape(rows(), looksWidth), rows);
    }

    /** One for a token, zero for what fills up. */
    NDArray mask(Tape tape) {
        float[] mask = new float[rows()];
        for (int i = 0; i < examples.size(); i++) {
            for (int token = 0; token < examples.get(i).size(); token++) {
                mask[i * length + token] = 1;
            }
        }
        return tape.constant(memory, new Shape(rows(), 1), mask);
    }

    List<Placed> spans() {
        List<Placed> spans = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            for (Example.Gold gold : examples.get(i).spans()) {
                spans.add(new Placed(i * length + gold.first(), gold));
            }
        }
        return spans;
    }
}
