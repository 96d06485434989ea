package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import java.util.List;

/** A blend of closed forms whose weights are known, fitted as one backbone. */
final class FixedBlend implements Backbone.ClosedForm {

    private final List<? extends Backbone.ClosedForm> parts;
    private final Weighting weighting;

    /**
     * Sets the blend.
     *
     * @param parts at least one
     * @param weighting one weight a part
     */
    public FixedBlend(List<? extends Backbone.ClosedForm> parts, Weighting weighting) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a blend needs a part");
        }
        this.parts = List.copyOf(parts);
        this.weighting = weighting;
    }

    @Override
    public String name() {
        return "blend";
    }

    @Override
    public Blend fit(Interactions train) {
        List<Part> fitted = parts.stream()
                .map(part -> new Part(part.name(), part.fit(train)))
                .toList();
        return Blend.of(fitted, weighting, train);
    }
}
