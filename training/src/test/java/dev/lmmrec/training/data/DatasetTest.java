package dev.lmmrec.training.data;

import static dev.lmmrec.training.SyntheticRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SyntheticRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final Dataset.Limits ANY = new Dataset.Limits(0, 1, 1, null);

    @Test
    void pair_reviewedTwice_isOneInteraction() throws Exception {
        ReviewMotivations first = row("u1", "i1", "good", null);
        ReviewMotivations again = ReviewMotivations.of(
                new Review("other-id", "u1", "i1", 4, 2_000, "", "again", "test"), 2, "test", List.of(), List.of(), 0);

        Dataset dataset = Dataset.of(List.of(first, again), ANY);

        assertThat(dataset.interactions().count()).isEqualTo(1);
        assertThat(dataset.rows()).hasSize(2);
    }

    @Test
    void review_belowTheLeastRating_isRowButNoInteraction() throws Exception {
        Dataset dataset = Dataset.of(
                List.of(row("u1", "i1", "good", null), row("u2", "i2", "bad", null, "any", 2)),
                new Dataset.Limits(4, 1, 1, null));

        assertThat(dataset.users()).containsExactly("u1");
        assertThat(dataset.items()).containsExactly("i1");
        assertThat(dataset.rows()).hasSize(2);
    }

    @Test
    void rows_inAnotherOrder_giveTheSameIndicesAndFingerprint() {
        List<ReviewMotivations> rows = SyntheticRows.of(20, 15, 3, 4, 7);
        List<ReviewMotivations> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));

        Dataset one = SyntheticRows.dataset(rows);
        Dataset other = SyntheticRows.dataset(shuffled);

        assertThat(other.items()).isEqualTo(one.items());
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint()).hasSize(64);
        assertThat(SyntheticRows.dataset(rows.subList(1, rows.size())).fingerprint())
                .isNotEqualTo(one.fingerprint());
    }

    @Test
    void noRows_areRefused() {
        assertRefused(List.of(), ANY, "there are no rows");
    }

    @Test
    void tooFewUsers_areRefusedWithBothNumbers() {
        assertRefused(
                List.of(row("u1", "i1", "good", null)),
                new Dataset.Limits(0, 3, 1, null),
                "there are 1 users",
                "at least 3");
    }

    @Test
    void vectorsOfTwoEncoders_areRefusedNamingBoth() {
        DenseVector vector = DenseVector.of(new float[Dataset.TEXT_WIDTH]);
        assertRefused(
                List.of(row("u1", "i1", "good", vector), row("u2", "i1", "good", vector, "another", 5)),
                ANY,
                "u2-i1",
                "'another'",
                "'" + SyntheticRows.ENCODER + "'");
    }

    @Test
    void vectorsOfAnotherEncoderThanExpected_areRefused() {
        DenseVector vector = DenseVector.of(new float[Dataset.TEXT_WIDTH]);
        assertRefused(
                List.of(row("u1", "i1", "good", vector)),
                new Dataset.Limits(0, 1, 1, "expected"),
                "u1-i1",
                "'expected'");
    }

    @Test
    void vectorOfAnotherWidth_isRefused() {
        assertRefused(List.of(row("u1", "i1", "good", DenseVector.of(1, 0, 0))), ANY, "u1-i1", "width 3");
    }

    @Test
    void idWithLineBreak_isRefused() {
        assertRefused(List.of(row("u\n1", "i1", "good", null)), ANY, "userId", "line break");
    }

    private static void assertRefused(List<ReviewMotivations> rows, Dataset.Limits limits, String... parts) {
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> Dataset.of(rows, limits))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
