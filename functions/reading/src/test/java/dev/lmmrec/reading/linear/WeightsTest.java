package dev.lmmrec.reading.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {

    @Test
    void table_isReadInHundredthsAndAddedUp() throws IOException {
        Weights weights = read("# a comment\nfeature\tyes\tno\ngood\t150\t\nnot\t-50\t25\n#\t100\t\n");

        assertThat(weights.labels()).containsExactly("yes", "no");
        assertThat(weights.scores(List.of("good", "not", "unknown", "#"))).containsExactly(2.0, 0.25);
    }

    @Test
    void probabilities_ofEvenExtremeScores_addUpToOne() throws IOException {
        Weights weights = read("feature\ta\tb\tc\nx\t90000\t89900\t-90000\n");

        double[] probabilities = weights.probabilities(List.of("x"));

        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isCloseTo(1, within(1e-12));
        assertThat(probabilities[0]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-3));
    }

    @Test
    void line_withTooFewCells_isRefusedWithItsFeature() {
        assertThatThrownBy(() -> read("feature\tyes\tno\ngood\t1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'good' has 1 cells");
    }

    @Test
    void table_withoutLabels_isRefused() {
        assertThatThrownBy(() -> read("# nothing\n")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Weights read(String lines) throws IOException {
        return Weights.read(new BufferedReader(new StringReader(lines)));
    }
}
