package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * AutoCF's learning to mask (Xia et al. 2023, equation 4): a node's vector should agree with its neighbourhood's, minus
 * the mean of the logarithm of their agreement. It has a part only in steps in which the backbone chose what to mask,
 * and then the agreements are the first view, {@code [U + n, 1]}.
 *
 * @param weight how much it counts
 */
public record SubgraphAgreement(double weight) implements LossTerm {

    @Override
    public String name() {
        return "subgraph-agreement";
    }

    @Override
    public NDArray value(Forward forward) {
        List<NDArray> views = forward.vectors().views();
        return views.isEmpty()
                ? forward.tape().manager().create(0f)
                : views.get(0).log().mean().neg();
    }
}
