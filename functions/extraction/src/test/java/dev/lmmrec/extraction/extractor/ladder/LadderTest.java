package dev.lmmrec.extraction.extractor.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.ExtractedBelow;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.NoAnswer;
import dev.lmmrec.extraction.extractor.ExtractorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LadderTest {

    private static final Extracted FOUND = new Extracted(List.of(), List.of("lamp"));

    private final List<String> asked = new ArrayList<>();

    @Test
    void firstRung_thatAnswers_isTheOnlyOneAsked() {
        assertThat(ladder(answers("a"), answers("b")).extract(Reviews.of("x"))).isEqualTo(FOUND);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void lowerRung_answersUnderItsOwnName_andSaysWhyTheOthersDidNot() {
        assertThat(ladder(silent("a"), silent("b"), answers("c")).extract(Reviews.of("x")))
                .isEqualTo(new ExtractedBelow(new ExtractorId("c"), FOUND, "a is down; b is down"));
    }

    @Test
    void noRungThatAnswers_isNoAnswerWithEveryReason() {
        assertThat(ladder(silent("a"), silent("b")).extract(Reviews.of("x")))
                .isEqualTo(new NoAnswer("a is down; b is down"));
    }

    @Test
    void allowance_isSharedByTheRungsOfOneReview_andNewForTheNext() {
        List<Boolean> room = new ArrayList<>();
        Rung greedy = rung("a", allowance -> {
            room.add(allowance.hasTokens(100));
            allowance.use(60);
            return new NoAnswer("a is down");
        });
        Rung modest = rung("b", allowance -> {
            room.add(allowance.hasTokens(41));
            room.add(allowance.hasTokens(40));
            return FOUND;
        });
        Ladder ladder = new Ladder(List.of(greedy, modest), 100, Duration.ofSeconds(1), System::nanoTime);

        ladder.extract(Reviews.of("x"));
        ladder.extract(Reviews.of("y"));

        assertThat(room).containsExactly(true, false, true, true, false, true);
    }

    @Test
    void allowance_ofTime_endsWhenTheClockSaysSo() {
        long[] now = {Long.MAX_VALUE - 10};
        Allowance allowance = new Allowance(1, Duration.ofNanos(100), () -> now[0]);

        assertThat(allowance.hasTime(Duration.ofNanos(100))).isTrue();
        now[0] += 40;
        assertThat(allowance.hasTime(Duration.ofNanos(60))).isTrue();
        assertThat(allowance.hasTime(Duration.ofNanos(61))).isFalse();
    }

    @Test
    void ladder_withoutRungs_isRefused() {
        assertThatThrownBy(() -> ladder()).isInstanceOf(IllegalArgumentException.class);
    }

    private static Ladder ladder(Rung... rungs) {
        return new Ladder(List.of(rungs), 100, Duration.ofSeconds(1), System::nanoTime);
    }

    private Rung answers(String name) {
        return rung(name, allowance -> FOUND);
    }

    private Rung silent(String name) {
        return rung(name, allowance -> new NoAnswer(name + " is down"));
    }

    private Rung rung(String name, Function<Allowance, ExtractionOutcome> answer) {
        return new Rung() {
            @Override
            public ExtractorId id() {
                return new ExtractorId(name);
            }

            @Override
            public ExtractionOutcome extract(Review review, Allowance allowance) {
                asked.add(name);
                return answer.apply(allowance);
            }
        };
    }
}
