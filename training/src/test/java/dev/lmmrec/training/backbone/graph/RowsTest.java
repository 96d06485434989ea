package dev.lmmrec.training.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RowsTest {

    @Test
    void exponential_equalsTheLibrarysToSinglePrecision() {
        for (int step = -80_000; step <= 80_000; step++) {
            float x = step / 1_000f;
            assertThat(Rows.exp(x) / Math.exp(x)).as("e^%s", x).isEqualTo(1, within(5e-7));
        }
    }
}
