package dev.lmmrec.core.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.forget.Forgotten.Arrival;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.DynamoDbLocal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForgottenTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final String table = DynamoDbLocal.shared().createTable("key");

    @Test
    void reviews_sentOrWrittenBeforeTheirUserWasForgotten_areForgotten_laterOnesAreNot() {
        at(NOON).add(Subject.user("ann"));

        assertThat(among(
                        NOON,
                        arrival("sent-before", "ann", NOON.plusSeconds(5), NOON.minusSeconds(5)),
                        arrival("redriven", "ann", NOON.minusSeconds(86_400), NOON.plusSeconds(86_400)),
                        arrival("new", "ann", NOON.plusSeconds(60), NOON.plusSeconds(61)),
                        arrival("other", "bob", NOON.minusSeconds(5), NOON.minusSeconds(5))))
                .containsExactlyInAnyOrder("sent-before", "redriven");
    }

    @Test
    void review_forgotten_takesNoOtherOfItsUser() {
        at(NOON).add(Subject.review("r1"));

        assertThat(among(
                        NOON,
                        arrival("r1", "ann", NOON.minusSeconds(9), NOON.minusSeconds(9)),
                        arrival("r2", "ann", NOON.minusSeconds(9), NOON.minusSeconds(9)),
                        // a user of this name is another subject
                        arrival("r3", "r1", NOON.minusSeconds(9), NOON.minusSeconds(9))))
                .containsExactly("r1");
    }

    @Test
    void entry_countsUntilNothingCanBeUnderWayAnyMore_thenIsSweptAway() {
        at(NOON).add(Subject.user("ann"));
        at(NOON.plusSeconds(10)).add(Subject.user("bob"));
        Instant end = NOON.plus(Forgotten.KEPT);
        Arrival old = arrival("r1", "ann", NOON.minusSeconds(9), NOON.minusSeconds(9));

        assertThat(among(end.minusMillis(1), old)).containsExactly("r1");
        assertThat(among(end, old)).isEmpty();
        assertThat(at(end).sweep()).isEqualTo(1);
        assertThat(at(end).sweep()).isZero();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void userForgottenAgain_isForgottenUntilTheLaterTime() {
        at(NOON).add(Subject.user("ann"));
        at(NOON.plusSeconds(100)).add(Subject.user("ann"));
        at(NOON.plusSeconds(50)).add(Subject.user("ann"));

        assertThat(among(NOON, arrival("r1", "ann", NOON.plusSeconds(99), NOON.plusSeconds(99))))
                .containsExactly("r1");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void entries_nameNobody() {
        at(NOON).add(Subject.user("ann-of-the-long-name"));

        assertThat(new Traces(DynamoDbLocal.shared().client()).in(table, Set.of("ann-of-the-long-name"), 3))
                .isEmpty();
    }

    @Test
    void subject_withoutId_isRefused() {
        assertThatThrownBy(() -> Subject.user(" ")).hasMessage("the id of the user to forget is blank");
    }

    @Test
    void retention_ofTheQueues_isShorterThanAnEntry() {
        // reviews: 4 days; dead letters: 14 days, and sent back from there 4 and 14 days again
        assertThat(Forgotten.KEPT).isGreaterThan(Duration.ofDays(4 + 14 + 4 + 14));
    }

    private Forgotten at(Instant now) {
        return new Forgotten(DynamoDbLocal.shared().client(), table, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Set<String> among(Instant now, Arrival... arrivals) {
        return at(now).among(List.of(arrivals)).stream()
                .map(arrival -> arrival.review().reviewId())
                .collect(Collectors.toSet());
    }

    private long rows() {
        return DynamoDbLocal.shared()
                .client()
                .scan(scan -> scan.tableName(table))
                .count();
    }

    private static Arrival arrival(String reviewId, String userId, Instant written, Instant sent) {
        return new Arrival(
                new Review(reviewId, userId, "i", 4, written.getEpochSecond(), "", "words", ""), sent.toEpochMilli());
    }
}
