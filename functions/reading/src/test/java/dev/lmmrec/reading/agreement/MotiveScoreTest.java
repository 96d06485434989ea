package dev.lmmrec.reading.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.reading.agreement.MotiveScore.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotiveScoreTest {

    private static final Motivation CLEAN =
            motivation(Side.ITEM, Polarity.POSITIVE, Facet.CONVENIENCE, "very easy to clean");

    @Test
    void sameMotivations_agreeInEverything() {
        Counts counts = counts(List.of(CLEAN), List.of(CLEAN));

        assertThat(counts).isEqualTo(new Counts(1, 1, 1, 1, 1, 1));
        assertThat(counts.motiveF1()).isEqualTo(1);
        assertThat(counts.motiveFacetF1()).isEqualTo(1);
        assertThat(counts.facetAccuracy()).isEqualTo(1);
    }

    @Test
    void evidence_sharingHalfOfTheWords_matchesAndLessDoesNot() {
        Motivation half = motivation(Side.ITEM, Polarity.POSITIVE, Facet.DESIGN, "EASY, and to the touch");
        Motivation less = motivation(Side.ITEM, Polarity.POSITIVE, Facet.DESIGN, "easy and soft on the fingers");

        // 2 of 4 and 5 words in common: 4/9; with "easy to clean" 4/8
        Motivation label = motivation(Side.ITEM, Polarity.POSITIVE, Facet.CONVENIENCE, "easy to clean");
        assertThat(counts(List.of(half), List.of(label))).isEqualTo(new Counts(1, 1, 1, 1, 0, 0));
        assertThat(counts(List.of(less), List.of(label))).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
    }

    @Test
    void otherSideOrPolarity_isASpanButNoMotive() {
        Motivation side = motivation(Side.USER, Polarity.POSITIVE, Facet.CONVENIENCE, "very easy to clean");
        Motivation polarity = motivation(Side.ITEM, Polarity.NEGATIVE, Facet.CONVENIENCE, "very easy to clean");

        assertThat(counts(List.of(side), List.of(CLEAN))).isEqualTo(new Counts(1, 1, 1, 0, 0, 0));
        assertThat(counts(List.of(polarity), List.of(CLEAN))).isEqualTo(new Counts(1, 1, 1, 0, 0, 0));
    }

    @Test
    void twoOfTheSame_matchOneLabelOnce() {
        Counts counts = counts(List.of(CLEAN, CLEAN), List.of(CLEAN));

        assertThat(counts.motives()).isEqualTo(1);
        assertThat(counts.precision()).isEqualTo(0.5);
        assertThat(counts.recall()).isEqualTo(1);
        assertThat(counts.motiveF1()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void nothingFoundAndNothingLabelled_isNoDivisionByZero() {
        assertThat(counts(List.of(), List.of()).motiveF1()).isZero();
    }

    @Test
    void interval_holdsTheFigureAndNarrowsWithMoreReviews() {
        MotiveScore few = new MotiveScore();
        MotiveScore many = new MotiveScore();
        for (int i = 0; i < 400; i++) {
            List<Motivation> found = i % 2 == 0 ? List.of(CLEAN) : List.of();
            many.add(found, List.of(CLEAN));
            if (i < 40) {
                few.add(found, List.of(CLEAN));
            }
        }

        Interval narrow = many.interval(Counts::recall, 3);
        Interval wide = few.interval(Counts::recall, 3);

        assertThat(narrow.low()).isBetween(0.4, 0.5);
        assertThat(narrow.high()).isBetween(0.5, 0.6);
        assertThat(wide.high() - wide.low()).isGreaterThan(2 * (narrow.high() - narrow.low()));
        assertThat(many.interval(Counts::recall, 3)).isEqualTo(narrow);
    }

    private static Counts counts(List<Motivation> found, List<Motivation> labelled) {
        MotiveScore score = new MotiveScore();
        score.add(found, labelled);
        return score.total();
    }

    private static Motivation motivation(Side side, Polarity polarity, Facet facet, String evidence) {
        return new Motivation(side, facet, polarity, "a statement", evidence, Field.TEXT, 0, 0.5, 0.5);
    }
}
