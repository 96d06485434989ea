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

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x2065, 0xFFF0, 0xFFF4, 0xFFF8, 0x1D173, 0x1D177, 0x1D17A, 0x1BCA0, 0x1BCA3, 0x2800, 0x16FE4, 0x200B,
                0xFE0F, 0xE0041
            })
    void invisibleCharacter_betweenTwoLetters_isTakenOut(int codePoint) {
        String text = "go" + Character.toString(codePoint) + "od";
        assertThat(accepted(new ReviewDraft("r", "u", "i", 5.0, 0L, null, text, null))
                        .review()
                        .text())
                .isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0\u2007", "\u202f\u3000", "\u2800\u2800", "\u0301", "\u0000\u0007", "\uFFF0 \u2065"})
    void text_thatShowsNothing_isEmpty(String text) {
        assertThat(check.check(new ReviewDraft("r", "u", "i", 5.0, 0L, null, text, null)))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo("text: is empty; a review needs words"));
    }

    /**
     * Emoji with a tone, a flag, combining marks, scripts with marks, notes, dots of Braille, signs of numbers alone.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\udc4d\ud83c\udffd",
                "\ud83c\uddeb\ud83c\uddf7",
                "\u2764",
                "cafe\u0301",
                "\u0939\u093f\u0928\u094d\u0926\u0940",
                "\u0e44\u0e17\u0e22",
                "\u1112\u1161\u11ab",
                "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
                "\ud834\udd1e\ud834\udd5e",
                "\u2813\u2811\u2807",
                "\ud804\udcbd\u0967",
                "\ud80c\udc00\ud80d\udc30\ud80c\udc01",
                "\u6f22\u00a0\u5b57",
                "\ufffd",
                "!?",
                "\ue000",
            })
    void text_thatIsSeen_staysAsItIs(String text) {
        assertThat(accepted(new ReviewDraft("r", "u", "i", 5.0, 0L, null, text, null)))
                .satisfies(accepted -> assertThat(accepted.notes()).isEmpty())
                .satisfies(accepted -> assertThat(accepted.review().text()).isEqualTo(text));
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
