package dev.lmmrec.extraction.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.spend.SpendDays;
import dev.lmmrec.core.testing.DynamoDbLocal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the real table. */
class SpendTableTest {

    private static final Clock DAY = Clock.fixed(Instant.parse("2026-03-01T23:59:00Z"), ZoneOffset.UTC);

    private String table;

    @BeforeEach
    void openTable() {
        table = DynamoDbLocal.shared().createTable("day");
    }

    @Test
    void reservations_upToTheCap_areCounted_andTheNextIsNot() {
        SpendTable spend = spend(100, DAY);

        assertThat(spend.reserve(60)).isTrue();
        assertThat(spend.reserve(41)).isFalse();
        assertThat(spend.reserve(40)).isTrue();
        assertThat(tokens()).isEqualTo(100);
    }

    @Test
    void settling_givesBackWhatWasNotUsed() {
        SpendTable spend = spend(100, DAY);
        spend.reserve(90);

        spend.settle(90, 30);

        assertThat(tokens()).isEqualTo(30);
        assertThat(spend.reserve(70)).isTrue();
    }

    @Test
    void count_isSharedByInstances_andBeginsAnewEachDay() {
        assertThat(spend(100, DAY).reserve(80)).isTrue();
        assertThat(spend(100, DAY).reserve(80)).isFalse();
        assertThat(spend(100, Clock.offset(DAY, Duration.ofHours(1))).reserve(80))
                .isTrue();
    }

    @Test
    void reservation_aboveTheCapItself_isRefusedOnAnEmptyDay() {
        assertThat(spend(100, DAY).reserve(101)).isFalse();
    }

    @Test
    void manyAtOnce_neverExceedTheCapTogether() {
        List<Boolean> granted = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> spend(100, DAY).reserve(7))
                .toList();

        assertThat(granted.stream().filter(Boolean::booleanValue)).hasSize(14);
        assertThat(tokens()).isEqualTo(98);
    }

    @Test
    void costs_ofReviews_areTheDaysSums_withTheAnsweredReviewsCounted_andLimitNothing() {
        SpendTable spend = spend(100, DAY);
        spend.note(new ReviewCost("r1", "openai", "m", true, 2, 3_000, 500, 0.0165, 0, Duration.ofMillis(1)));
        spend.note(new ReviewCost("r1", "bedrock", "m", false, 1, 1_000, 1, 0.0035, 0, Duration.ofMillis(1)));
        spend.note(new ReviewCost("not-asked", "openai", "m", false, 0, 0, 0, 0, 0, Duration.ofMillis(1)));

        assertThat(new SpendDays(DynamoDbLocal.shared().client(), table, DAY).since(LocalDate.now(DAY)))
                .containsExactly(new SpendDays.Day(LocalDate.now(DAY).toString(), 0, 1, 4_000, 501, 0.02));
        assertThat(spend.reserve(100)).isTrue();
    }

    /** Those used today and those reserved. */
    private long tokens() {
        return new SpendDays(DynamoDbLocal.shared().client(), table, DAY)
                .since(LocalDate.now(DAY)).stream()
                        .mapToLong(SpendDays.Day::tokens)
                        .sum();
    }

    private SpendTable spend(long cap, Clock clock) {
        return new SpendTable(DynamoDbLocal.shared().client(), table, cap, clock);
    }
}
