package dev.lmmrec.training.wrapper;

import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.TextEncoder;
import java.util.List;
import java.util.Optional;

/** No wrapper: the backbone alone. */
public final class Unwrapped implements Wrapper {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public State start(Start start) {
        Factors silent =
                Factors.zero(start.width(), start.train().users(), start.train().items());
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return List.of();
            }

            @Override
            public List<LossTerm> terms() {
                return List.of();
            }

            @Override
            public Factors aligned() {
                return silent;
            }

            @Override
            public Optional<TextEncoder.Weights> encoder() {
                return Optional.empty();
            }
        };
    }
}
