package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Tape;
import java.util.List;

/**
 * DCCF's contrast (Ren et al. 2023, equation 12): on each layer, a node's vector from the graph should find the same
 * node's vectors from the other channels (intents, and the two adaptively weighted graphs) among those of the batch.
 * Both sides are divided by the number of the batch's distinct users, as RLMRec does.
 *
 * @param weight how much it counts
 * @param temperature divides the cosines
 * @param channels views per layer, the first of which is compared with each of the others
 */
public record ChannelContrast(double weight, double temperature, int channels) implements LossTerm {

    @Override
    public String name() {
        return "contrast";
    }

    @Override
    public NDArray value(Forward forward) {
        int[] users = forward.batch().distinctUsers();
        int[] items = forward.batch().distinctPositives();
        int offset = forward.vectors().users();
        List<NDArray> views = forward.vectors().views();
        NDArray sum = forward.tape().manager().create(0f);
        for (int layer = 0; layer < views.size(); layer += channels) {
            List<NDArray> channelViews = views.subList(layer, layer + channels);
            sum = sum.add(side(forward.tape(), channelViews, users, 0, users.length));
            sum = sum.add(side(forward.tape(), channelViews, items, offset, users.length));
        }
        return sum;
    }

    private NDArray side(Tape tape, List<NDArray> views, int[] indices, int offset, double divisor) {
        NDArray anchors = Contrast.normalised(ChosenRows.of(tape.manager(), views.get(0), indices, offset));
        NDArray weights = Contrast.uniform(tape, indices.length, 1 / divisor);
        NDArray sum = tape.manager().create(0f);
        for (NDArray view : views.subList(1, views.size())) {
            NDArray others = Contrast.normalised(ChosenRows.of(tape.manager(), view, indices, offset));
            sum = sum.add(Contrast.infoNce(tape, anchors, others, others, weights, temperature));
        }
        return sum;
    }
}
