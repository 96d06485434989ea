package dev.lmmrec.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.SyntheticRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1,1,0", "2,2,0", "3,1,1", "4,2,1", "5,3,1", "7,5,1", "8,4,2", "10,6,2", "20,12,4"})
    void user_withManyItems_holdsOutAFifthForEachPart(int items, int train, int heldOut) throws Exception {
        List<ReviewMotivations> rows = new ArrayList<>(SyntheticRows.of(3, 12, 1, 5, 1));
        for (int item = 0; item < items; item++) {
            rows.add(SyntheticRows.row("asked", "x" + item, "word", null));
        }
        Dataset dataset = SyntheticRows.dataset(rows);
        int user = dataset.users().indexOf("asked");

        Split split = Split.random(dataset, 5);

        assertThat(split.train().countOf(user)).isEqualTo(train);
        assertThat(split.validation().countOf(user)).isEqualTo(heldOut);
        assertThat(split.test().countOf(user)).isEqualTo(heldOut);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void parts_ofAnySeed_areDisjointAndCompleteAndLeaveNobodyWithoutTraining(long seed) throws Exception {
        Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(40, 30, 3, 6, seed));

        Split split = Split.random(dataset, seed);

        for (int user = 0; user < dataset.users().size(); user++) {
            List<Integer> all = new ArrayList<>();
            for (Interactions part : List.of(split.train(), split.validation(), split.test())) {
                for (int item : part.itemsOf(user)) {
                    all.add(item);
                }
            }
            assertThat(all)
                    .doesNotHaveDuplicates()
                    .hasSize(dataset.interactions().countOf(user));
            assertThat(split.train().countOf(user)).isPositive();
        }
    }

    @Test
    void split_ofTheSameSeed_isTheSame_ofAnotherAnother() throws Exception {
        Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(40, 30, 3, 6, 1));

        assertThat(testItems(Split.random(dataset, 9))).isEqualTo(testItems(Split.random(dataset, 9)));
        assertThat(testItems(Split.random(dataset, 9))).isNotEqualTo(testItems(Split.random(dataset, 10)));
    }

    @Test
    void usersWithTwoItemsOnly_cannotBeSplit() {
        Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(10, 8, 1, 2, 1));

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> Split.random(dataset, 1))
                .withMessageContaining("three or more items");
    }

    @Test
    void publishedSplit_isReadByName() throws Exception {
        publish("u1\ti1\nu1\ti3\nu2\ti2\n", "u1\ti2\n", "u2\ti1\n");

        PublishedSplit published = PublishedSplit.read(folder);

        assertThat(published.users()).containsExactly("u1", "u2");
        assertThat(published.items()).containsExactly("i1", "i2", "i3");
        assertThat(published.split().train().count()).isEqualTo(3);
        assertThat(published.split().validation().itemsOf(0)).containsExactly(1);
    }

    @Test
    void publishedSplit_withATestPairInItsTraining_isRefused() throws Exception {
        publish("u1\ti1\nu2\ti2\nu2\ti1\n", "u1\ti2\n", "u2\ti2\n");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> PublishedSplit.read(folder))
                .withMessageContaining("user u2 with item i2 is in the train part and in the test part");
    }

    @Test
    void publishedSplit_withAnItemThatIsNeverTrainedOn_isRefused() throws Exception {
        publish("u1\ti1\n", "u1\ti1\n", "u1\tnew\n");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> PublishedSplit.read(folder))
                .withMessageContaining("test part")
                .withMessageContaining("item new");
    }

    @Test
    void publishedSplit_withABrokenLine_isRefusedWithItsNumber() throws Exception {
        publish("u1\ti1\nu2 i2\n", "u1\ti1\n", "u1\ti1\n");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> PublishedSplit.read(folder))
                .withMessageContaining("train.tsv, line 2");
    }

    @Test
    void publishedSplit_withAnEmptyPart_isRefused() throws Exception {
        publish("u1\ti1\n", "", "u1\ti1\n");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> PublishedSplit.read(folder))
                .withMessageContaining("validation.tsv is empty");
    }

    private void publish(String train, String validation, String test) throws Exception {
        Files.writeString(folder.resolve("train.tsv"), train);
        Files.writeString(folder.resolve("validation.tsv"), validation);
        Files.writeString(folder.resolve("test.tsv"), test);
    }

    private static List<List<Integer>> testItems(Split split) {
        List<List<Integer>> items = new ArrayList<>();
        for (int user = 0; user < split.test().users(); user++) {
            items.add(Arrays.stream(split.test().itemsOf(user)).boxed().toList());
        }
        return items;
    }
}
