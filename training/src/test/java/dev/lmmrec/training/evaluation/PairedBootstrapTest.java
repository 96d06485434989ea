package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.evaluation.PairedBootstrap.Difference;
import dev.lmmrec.training.evaluation.PairedBootstrap.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

    private static final int USERS = 200;

    private final PairedBootstrap bootstrap = new PairedBootstrap(2_000, 1);

    @Test
    void identicalRuns_differByNothing() {
        Sample run = noise(1, 0);

        assertThat(bootstrap.of(run, run)).isEqualTo(new Difference(0, 0, 0, 1, USERS));
    }

    @Test
    void clearlyBetterRun_hasASmallPAndAnIntervalAboveZero() {
        Difference difference = bootstrap.of(noise(1, 0.3), noise(2, 0));

        assertThat(difference.p()).isLessThan(0.002);
        assertThat(difference.lower()).isPositive();
        assertThat(difference.difference()).isBetween(difference.lower(), difference.upper());
    }

    @Test
    void swappedRuns_turnTheSignOnly() {
        Difference there = bootstrap.of(noise(1, 0.02), noise(2, 0));
        Difference back = bootstrap.of(noise(2, 0), noise(1, 0.02));

        assertThat(back.difference()).isEqualTo(-there.difference(), within(1e-12));
        assertThat(back.lower()).isEqualTo(-there.upper(), within(1e-12));
        assertThat(back.p()).isEqualTo(there.p(), within(1e-12));
    }

    @Test
    void interval_hasTheWidthOfTheNormalApproximation() {
        Sample first = noise(3, 0);
        Sample second = noise(4, 0);
        double[] differences = IntStream.range(0, USERS)
                .mapToDouble(u -> first.values()[u] - second.values()[u])
                .toArray();
        double error = Metrics.Spread.of(differences).sd() / Math.sqrt(USERS);

        Difference difference = new PairedBootstrap(10_000, 2).of(first, second);

        assertThat(difference.upper() - difference.lower()).isEqualTo(2 * 1.96 * error, within(0.1 * error));
    }

    @Test
    void runsWithoutAnEffect_areSeldomCalledDifferent() {
        int found = 0;
        for (int trial = 0; trial < 100; trial++) {
            PairedBootstrap small = new PairedBootstrap(200, trial);
            found += small.of(noise(10 + trial, 0), noise(1_000 + trial, 0)).p() < 0.05 ? 1 : 0;
        }

        // 5 expected; seeded, so the count is always the same
        assertThat(found).isBetween(1, 12);
    }

    @Test
    void usersWhoRepeatThemselvesInEverySplit_doNotCountAsNewEvidence() {
        Sample first = noise(5, 0.02);
        Sample second = noise(6, 0);
        List<Sample> firstTwice = List.of(first, first, first, first);
        List<Sample> secondTwice = List.of(second, second, second, second);

        Difference once = bootstrap.of(first, second);
        Difference repeated = bootstrap.of(firstTwice, secondTwice);

        assertThat(repeated.difference()).isEqualTo(once.difference(), within(1e-12));
        double width = once.upper() - once.lower();
        assertThat(repeated.upper() - repeated.lower()).isEqualTo(width, within(0.1 * width));
    }

    @Test
    void differenceThatComesFromOneSplitOfFive_isNotSure() {
        List<Sample> first = new ArrayList<>();
        List<Sample> second = new ArrayList<>();
        for (int split = 0; split < 5; split++) {
            first.add(noise(20 + split, split == 0 ? 0.5 : 0));
            second.add(noise(30 + split, 0));
        }

        assertThat(bootstrap.of(first, second).p()).isGreaterThan(0.05);
        assertThat(bootstrap.of(first.get(0), second.get(0)).p()).isLessThan(0.002);
    }

    @Test
    void runsOfOtherUsers_cannotBePaired() {
        Sample first = new Sample(new int[] {0, 1}, new double[] {0, 1});
        Sample second = new Sample(new int[] {0, 2}, new double[] {0, 1});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bootstrap.of(first, second))
                .withMessageContaining("split 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bootstrap.of(List.of(first), List.of(first, first)))
                .withMessageContaining("2");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        bootstrap.of(new Sample(new int[0], new double[0]), new Sample(new int[0], new double[0])))
                .withMessageContaining("no users");
    }

    private static Sample noise(long seed, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Sample(
                IntStream.range(0, USERS).map(u -> 3 * u).toArray(),
                IntStream.range(0, USERS)
                        .mapToDouble(u -> random.nextDouble() + shift)
                        .toArray());
    }
}
