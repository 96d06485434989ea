package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Tape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * InfoNCE between two views of the same nodes: each user and item of the batch, as often as the batch names it, should
 * find itself in the other view among <em>all</em> users or items; summed and divided by the number of interactions
 * (SGL, Wu et al. 2021, equation 11, and SimGCL, both with all nodes as candidates as RLMRec has them).
 *
 * @param weight how much it counts
 * @param temperature divides the cosines
 * @param withNegatives whether the batch's items not met are contrasted too, as RLMRec does for SGL
 */
public record ViewContrast(double weight, double temperature, boolean withNegatives) implements LossTerm {

    @Override
    public String name() {
        return "contrast";
    }

    @Override
    public NDArray value(Forward forward) {
        Tape tape = forward.tape();
        Batch batch = forward.batch();
        NDArray one = forward.vectors().views().get(0);
        NDArray other = forward.vectors().views().get(1);
        int users = forward.vectors().users();
        int items = Math.toIntExact(one.getShape().get(0)) - users;
        int[] batchItems = withNegatives
                ? IntStream.concat(Arrays.stream(batch.positives()), Arrays.stream(batch.negatives()))
                        .toArray()
                : batch.positives();
        return side(tape, one, other, batch.users(), 0, users, batch.size())
                .add(side(tape, one, other, batchItems, users, items, batch.size()));
    }

    private NDArray side(Tape tape, NDArray one, NDArray other, int[] indices, int offset, int count, int batch) {
        int[] distinct = Contrast.distinct(indices);
        NDArray candidates = Contrast.normalised(Contrast.range(other, offset, offset + count));
        return Contrast.infoNce(
                tape,
                Contrast.normalised(ChosenRows.of(tape.manager(), one, distinct, offset)),
                ChosenRows.of(tape.manager(), candidates, distinct, 0),
                candidates,
                Contrast.multiplicities(tape, distinct, batch, indices),
                temperature);
    }
}
