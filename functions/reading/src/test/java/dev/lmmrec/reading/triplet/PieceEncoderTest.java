package dev.lmmrec.reading.triplet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.reading.triplet.PieceEncoder.Pieces;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PieceEncoderTest {

    private static PieceEncoder encoder;

    @BeforeAll
    static void load() {
        encoder = new PieceEncoder();
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void shares_ofAWordOfSeveralPieces_addUpToOne_andToNothingWithoutAnyPiece() {
        Pieces pieces = encoder.encode(List.of("unplayably", "\u200b", "good"));

        float[][] shares = pieces.shares();

        assertThat(pieces.count()).isGreaterThan(5);
        assertThat(pieces.vectors()).hasSize(pieces.count() * PieceEncoder.WIDTH);
        assertThat(sum(shares[0])).isEqualTo(1, within(1e-6));
        assertThat(sum(shares[1])).isZero();
        assertThat(sum(shares[2])).isEqualTo(1);
    }

    @Test
    void sentenceThatIsTooLong_isReadAsFarAsItFits() {
        Pieces pieces = encoder.encode(Collections.nCopies(400, "good"));

        assertThat(pieces.words()).isEqualTo(400);
        assertThat(pieces.count()).isEqualTo(256);
        assertThat(sum(pieces.shares()[399])).isZero();
    }

    private static double sum(float[] row) {
        double sum = 0;
        for (float each : row) {
            sum += each;
        }
        return sum;
    }
}
