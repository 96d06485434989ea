package dev.lmmrec.training.backbone.linear;

import java.util.List;

/** Several models of the same items, each with a factor. */
final class WeightedSum implements ItemItem {

    private final List<Part> parts;

    /** One model and its factor. */
    record Part(ItemItem weights, double factor) {}

    WeightedSum(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public int items() {
        return parts.get(0).weights().items();
    }

    @Override
    public void add(int[] history, float factor, float[] scores) {
        parts.forEach(part -> part.weights().add(history, (float) (factor * part.factor()), scores));
    }
}
