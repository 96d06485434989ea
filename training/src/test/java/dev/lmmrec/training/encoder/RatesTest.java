package dev.lmmrec.training.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RatesTest {

    @Test
    void share_ofAnyRun_risesToNearlyAll_thenFalls_andIsNeverNothing() {
        long seed = 4;
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            int steps = 1 + random.nextInt(2_000);
            Rates rates = new Rates(steps);
            double largest = 0;
            boolean falls = false;
            for (int step = 0; step < steps; step++) {
                double share = rates.share(step);
                assertThat(share).as("seed %d run %d step %d", seed, run, step).isBetween(1e-3, 1.0);
                falls = falls || share < largest;
                if (falls) {
                    assertThat(share)
                            .as("seed %d run %d step %d", seed, run, step)
                            .isLessThanOrEqualTo(largest);
                }
                largest = Math.max(largest, share);
            }
            assertThat(largest).as("seed %d run %d", seed, run).isGreaterThan(0.8);
        }
    }
}
