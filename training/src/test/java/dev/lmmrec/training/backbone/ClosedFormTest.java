package dev.lmmrec.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.backbone.linear.Ease;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedFormTest {

    @Test
    void popularity_isTheLogarithmOfCountsOverTheLargest() {
        Interactions train =
                Interactions.of(3, 3, List.of(new Pair(0, 0), new Pair(1, 0), new Pair(2, 0), new Pair(2, 1)));

        float[] popularity = Popularity.of(train);

        assertThat(popularity[0]).isEqualTo(1);
        assertThat(popularity[1]).isEqualTo((float) (Math.log(2) / Math.log(4)), within(1e-6f));
        assertThat(popularity[2]).isZero();
    }

    @Test
    void ease_ofTwoItemsMetTogether_hasTheWeightComputedByHand() {
        // XᵀX + λI = [[2+1, 1], [1, 1+1]], its inverse is [[2, -1], [-1, 3]] / 5
        Interactions train = Interactions.of(2, 2, List.of(new Pair(0, 0), new Pair(0, 1), new Pair(1, 0)));
        float[] scores = new float[2];

        new Ease(1).fit(train).score(1, scores);

        assertThat(scores[0]).isZero();
        assertThat(scores[1]).isEqualTo(1f / 3, within(1e-6f));
    }

    @Test
    void ease_withoutRidge_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ease(0)).withMessageContaining("greater than 0");
    }
}
