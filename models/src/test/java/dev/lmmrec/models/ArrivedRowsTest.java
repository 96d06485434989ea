package dev.lmmrec.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.models.Manifest.Dims;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivedRowsTest {

    private final ArrivedRows rows = new ArrivedRows(new Dims(384, 2, 1, 1, 1), new float[] {0.25f, 0});

    @Test
    void row_isOfTheItemsOwnWords_andOfItsNeighboursForTheRest() {
        float[] row = rows.row(
                new float[] {1, 0.5f}, List.of(new float[] {1, 2, 3, 9, 9, 9}, new float[] {3, 2, 1, 9, 9, 9}));

        assertThat(row).containsExactly(2, 2, 2, 0.75f, 0.5f, 9);
    }

    @Test
    void rowWithoutNeighbours_isOfWordsAlone() {
        assertThat(rows.row(new float[] {1, 0.5f}, List.of())).containsExactly(0, 0, 0, 0.75f, 0.5f, 0);
    }

    @Test
    void neighbourhood_meetsWordsAlone_andIsNotCentred() {
        assertThat(rows.neighbourhood(new float[] {1, 0.5f})).containsExactly(0, 0, 0, 1, 0.5f, 0);
    }

    @Test
    void vectorOfAnotherWidth_isRefused() {
        assertThatThrownBy(() -> rows.row(new float[3], List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 numbers, aligned ones have 2");
    }
}
