package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.wrapper.Unwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nothing around a backbone: what every wrapper must beat. */
final class Alone implements Wrapping {

    /** Its name. */
    public static final String NAME = "none";

    private static final int CUTOFF = 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean learns(Backbone backbone) {
        return backbone instanceof Backbone.Learnt;
    }

    @Override
    public Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values) {
        if (backbone instanceof Backbone.ClosedForm closed) {
            return new Fitted(closed.fit(task.split().train()), 0, List.of(), Map.of());
        }
        Trained trained = trainer.train(
                (Backbone.Learnt) backbone,
                new Unwrapped(),
                task.split().train(),
                Optional.empty(),
                (interaction, text) -> task.validation().of(interaction).recallAt(CUTOFF));
        return new Fitted(trained.interaction(), trained.bestEpoch(), trained.history(), Map.of());
    }
}
