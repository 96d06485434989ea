package dev.lmmrec.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.Fusion;
import dev.lmmrec.training.fit.Trained;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownTest {

    private static final Weights WEIGHTS = new Weights(1, 0.5, 0.3, 0.2);

    private final Factors interaction = new Factors(2, new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8, 9, 1});
    private final Factors aligned = Factors.zero(2, 2, 3);
    private final float[] popularity = {0.1f, 1, 0.5f};

    @Test
    void textOfKnownUsers_goesIntoInteractionVectorsAndScoresStay() {
        Factors text = new Factors(3, new float[] {1, 0, 2, 0, 3, 1}, new float[] {2, 1, 0, 0, 0, 4, 1, 1, 1});

        Known known = Known.of(
                new Trained(interaction, aligned, Optional.of(text), 1, Optional.empty(), 1, List.of()), WEIGHTS);

        assertThat(known.rows().width()).isEqualTo(5);
        assertThat(known.words()).isEqualTo(2);
        assertThat(known.common()).isEqualTo(1);
        assertThat(known.weights().motives()).isEqualTo(WEIGHTS.motives());
        float[] measured = new float[3];
        float[] served = new float[3];
        for (int user = 0; user < 2; user++) {
            new Fusion(interaction, text, popularity).scorer(WEIGHTS).score(user, measured);
            new Fusion(known.rows(), aligned, popularity)
                    .scorer(known.weights())
                    .score(user, served);
            for (int item = 0; item < 3; item++) {
                assertThat(served[item]).isEqualTo(measured[item], within(1e-5f));
            }
        }
    }

    @Test
    void textThatServingCanMake_staysWhereItIs() {
        Known known = Known.of(
                new Trained(interaction, aligned, Optional.empty(), 0, Optional.empty(), 1, List.of()), WEIGHTS);

        assertThat(known.rows()).isSameAs(interaction);
        assertThat(known.weights()).isEqualTo(WEIGHTS);
    }
}
