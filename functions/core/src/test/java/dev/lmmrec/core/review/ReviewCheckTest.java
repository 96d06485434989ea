package dev.lmmrec.core.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.review.CheckedReview.Accepted;
import dev.lmmrec.core.review.CheckedReview.FieldProblem;
import dev.lmmrec.core.review.CheckedReview.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewCheckTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final ReviewCheck check = new ReviewCheck(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void draft_withinEveryLimit_isAcceptedAsItIs() {
        assertThat(check.check(new ReviewDraft("r", "u", "i", 1.0, 0L, "T", "t", "s")))
                .isEqualTo(new Accepted(new Review("r", "u", "i", 1, 0, "T", "t", "s"), List.of()));
    }

    @Test
    void draft_withoutTitleAndSource_getsEmptyOnes() {
        Review review = accepted(new ReviewDraft("r", "u", "i", 5.0, 0L, null, "t", null))
                .review();
        assertThat(review.title()).isEmpty();
        assertThat(review.source()).isEmpty();
    }

    @Test
    void draft_wrongInEveryPart_hasEveryProblemNamed() {
        assertThat(check.check(new ReviewDraft(null, " ", "i\n", 0.99, null, null, "\t ", null)))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.problems())
                            .extracting(FieldProblem::field)
                            .containsExactly("reviewId", "userId", "itemId", "rating", "time", "text");
                    assertThat(refused.reason())
                            .isEqualTo("reviewId: is missing; userId: is missing; itemId: contains a control character;"
                                    + " rating: is 0.99, must be from 1 to 5; time: is missing;"
                                    + " text: is empty; a review needs words");
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.999, 5.001, -4, Double.NaN, Double.POSITIVE_INFINITY})
    void rating_outOfRange_isRefused(double rating) {
        assertThat(check.check(new ReviewDraft("r", "u", "i", rating, 0L, null, "t", null)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void time_aDayAhead_isTheLatestAccepted() {
        long latest = NOW.getEpochSecond() + 86_400;
        accepted(new ReviewDraft("r", "u", "i", 5.0, latest, null, "t", null));
        assertThat(check.check(new ReviewDraft("r", "u", "i", 5.0, latest + 1, null, "t", null)))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo("time: is " + (latest + 1) + ", which lies in the future; the clock says "
                                + NOW.getEpochSecond() + " (epoch seconds, not milliseconds)"));
    }

    @Test
    void id_of256Characters_isTheLongestAccepted() {
        accepted(new ReviewDraft("r", "u", "i".repeat(256), 5.0, 0L, null, "t", null));
        assertThat(check.check(new ReviewDraft("r", "u", "i".repeat(257), 5.0, 0L, null, "t", null)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void longParts_areCutWithANoteEach() {
        Accepted accepted = accepted(
                new ReviewDraft("r", "u", "i", 5.0, 0L, "T".repeat(1_001), "t".repeat(20_001), "s".repeat(257)));
        assertThat(accepted.review().title()).hasSize(1_000);
        assertThat(accepted.review().text()).hasSize(20_000);
        assertThat(accepted.review().source()).hasSize(256);
        assertThat(accepted.notes())
                .extracting(FieldProblem::toString)
                .containsExactly(
                        "title: had 1001 characters and was cut to 1000",
                        "text: had 20001 characters and was cut to 20000",
                        "source: had 257 characters and was cut to 256");
    }

    @Test
    void cut_insideASurrogatePair_leavesTheWholePairOut() {
        Accepted accepted =
                accepted(new ReviewDraft("r", "u", "i", 5.0, 0L, null, "t".repeat(19_999) + "\uD83D\uDE00", null));
        assertThat(accepted.review().text()).isEqualTo("t".repeat(19_999));
    }

    @Test
    void unpairedSurrogate_inTheText_isReplacedWithANote() {
        Accepted accepted = accepted(new ReviewDraft("r", "u", "i", 5.0, 0L, null, "a\uD83Db \uD83D\uDE00", null));
        assertThat(accepted.review().text()).isEqualTo("a\uFFFDb \uD83D\uDE00");
        assertThat(accepted.notes()).extracting(FieldProblem::field).containsExactly("text");
    }

    @Test
    void invisibleCharacters_areTakenOutOfEveryPartWithANote() {
        Accepted accepted = accepted(new ReviewDraft(
                "r",
                "u",
                "i",
                5.0,
                0L,
                "a\u200bb",
                "go\u00ado\u202ed\uDB40\uDC41\uDB40\uDDEF \u2764\ufe0f\u2063",
                "s\ufeff"));
        assertThat(accepted.review().title()).isEqualTo("ab");
        assertThat(accepted.review().text()).isEqualTo("good \u2764");
        assertThat(accepted.review().source()).isEqualTo("s");
        assertThat(accepted.notes())
                .extracting(FieldProblem::toString)
                .containsExactly(
                        "title: had 1 invisible characters, which were taken out",
                        "text: had 8 invisible characters, which were taken out",
                        "source: had 1 invisible characters, which were taken out");
    }

    @Test
    void text_ofInvisibleCharactersAlone_isEmpty() {
        assertThat(check.check(new ReviewDraft("r", "u", "i", 5.0, 0L, null, "\u200b \u3164\n", null)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void numberSigns_whichSpanTheirDigits_stay() {
        assertThat(accepted(new ReviewDraft("r", "u", "i", 5.0, 0L, null, "\u0600\u0661", null))
                        .review()
                        .text())
                .isEqualTo("\u0600\u0661");
    }

    private Accepted accepted(ReviewDraft draft) {
        CheckedReview checked = check.check(draft);
        assertThat(checked).isInstanceOf(Accepted.class);
        return (Accepted) checked;
    }
}
