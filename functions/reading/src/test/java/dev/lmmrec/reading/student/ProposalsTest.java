package dev.lmmrec.reading.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.reading.student.Proposals.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProposalsTest {

    @Test
    void best_ofAnyProposals_hasTheLargestExpectedF1OfAllChoices() {
        long seed = 5;
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            double[] agreements =
                    random.doubles(1 + random.nextInt(7)).map(x -> x * x).toArray();
            double expected = 0.2 + 4 * random.nextDouble();
            double largest = 0;
            for (int choice = 1; choice < 1 << agreements.length; choice++) {
                largest = Math.max(largest, f1(agreements, choice, expected));
            }

            List<Motivation> best = proposals(expected, agreements).best();

            int chosen = best.stream().mapToInt(each -> 1 << each.start()).sum();
            assertThat(f1(agreements, chosen, expected))
                    .as("seed %d run %d", seed, run)
                    .isCloseTo(largest, within(1e-9));
            assertThat(best).extracting(Motivation::start).isSorted();
        }
    }

    @Test
    void sameUnsureProposal_isKeptWhereAllIsUnsure_andNotBesideSureOnes() {
        assertThat(proposals(1, 0.3, 0.3).best()).hasSize(2);
        assertThat(proposals(2, 0.95, 0.95, 0.3).best()).hasSize(2);
    }

    @Test
    void noProposal_keepsNothing() {
        assertThat(proposals(0.01).best()).isEmpty();
    }

    private static double f1(double[] agreements, int choice, double expected) {
        double sum = 0;
        for (int i = 0; i < agreements.length; i++) {
            sum += (choice >> i & 1) * agreements[i];
        }
        return 2 * sum / (Integer.bitCount(choice) + expected);
    }

    private static Proposals proposals(double expected, double... agreements) {
        List<Proposal> all = new ArrayList<>();
        for (int i = 0; i < agreements.length; i++) {
            all.add(new Proposal(
                    new Motivation(
                            Side.ITEM,
                            Facet.QUALITY,
                            Polarity.POSITIVE,
                            "number " + i,
                            "number " + i,
                            Field.TEXT,
                            i,
                            0.5,
                            0.5),
                    agreements[i]));
        }
        return new Proposals(all, expected);
    }
}
