package dev.lmmrec.reading.triplet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.agreement.Interval;
import dev.lmmrec.reading.triplet.Triplet.Words;
import dev.lmmrec.reading.triplet.TripletScore.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TripletScoreTest {

    private static final Triplet FOOD = triplet(1, 1, 3, 3, Polarity.POSITIVE);

    @Test
    void triplets_thatAreTheSame_countAsExactAndRelaxed() {
        TripletScore score = new TripletScore();
        score.add(List.of(FOOD), List.of(FOOD));

        assertThat(score.total()).isEqualTo(new Counts(1, 1, 1, 1));
        assertThat(score.interval(Counts::exactF1, 1)).isEqualTo(new Interval(1, 1));
    }

    @Test
    void borders_thatDifferALittle_countAsRelaxedAlone() {
        TripletScore score = new TripletScore();
        score.add(List.of(triplet(1, 2, 3, 3, Polarity.POSITIVE)), List.of(FOOD));

        assertThat(score.total()).isEqualTo(new Counts(1, 1, 0, 1));
        assertThat(score.total().exactF1()).isZero();
        assertThat(score.total().relaxedF1()).isEqualTo(1);
    }

    @Test
    void otherSentimentOrOtherWords_countAsNothing() {
        TripletScore score = new TripletScore();
        score.add(List.of(triplet(1, 1, 3, 3, Polarity.NEGATIVE)), List.of(FOOD));
        score.add(List.of(triplet(1, 1, 5, 5, Polarity.POSITIVE)), List.of(FOOD));

        assertThat(score.total()).isEqualTo(new Counts(2, 2, 0, 0));
    }

    @Test
    void oneLabelledTriplet_isMatchedOnce() {
        TripletScore score = new TripletScore();
        score.add(List.of(FOOD, triplet(1, 2, 3, 3, Polarity.POSITIVE)), List.of(FOOD));

        assertThat(score.total()).isEqualTo(new Counts(2, 1, 1, 1));
        assertThat(score.total().precision()).isEqualTo(0.5);
        assertThat(score.total().recall()).isEqualTo(1);
    }

    private static Triplet triplet(int a, int b, int c, int d, Polarity sentiment) {
        return new Triplet(new Words(a, b), new Words(c, d), sentiment);
    }
}
