package dev.lmmrec.training.coldstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.SampleRows;
import dev.lmmrec.training.coldstart.ColdSplit.ColdItem;
import dev.lmmrec.training.coldstart.ColdSplit.ColdUser;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColdSplitTest {

    private static final Dataset.Limits LIMITS = new Dataset.Limits(0, 5, 5, null);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingOfWhatIsHeldOut_isInTheWarmPart(long seed) throws Exception {
        ColdSplit split = ColdSplit.of(Dataset.of(SampleRows.read(), LIMITS), 0.2, seed, LIMITS);

        Set<String> users = new HashSet<>();
        Set<String> items = new HashSet<>();
        split.users().forEach(user -> users.add(user.shown().userId()));
        split.items().forEach(item -> items.add(item.shown().itemId()));
        assertThat(users).isNotEmpty().doesNotContainAnyElementsOf(split.warm().users());
        assertThat(items).isNotEmpty().doesNotContainAnyElementsOf(split.warm().items());
        assertThat(split.warm().rows()).noneMatch(row -> users.contains(row.userId()) || items.contains(row.itemId()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsShown_isNotWhatIsToBeFound(long seed) throws Exception {
        ColdSplit split = ColdSplit.of(Dataset.of(SampleRows.read(), LIMITS), 0.2, seed, LIMITS);

        for (ColdUser user : split.users()) {
            assertThat(split.warm().items()).contains(user.shown().itemId()).containsAll(user.wanted());
            assertThat(user.wanted()).isNotEmpty().doesNotContain(user.shown().itemId());
        }
        for (ColdItem item : split.items()) {
            assertThat(split.warm().users()).containsAll(item.wantedBy());
            assertThat(item.wantedBy()).doesNotContain(item.shown().userId());
        }
    }

    @Test
    void itemOfWhichOneReviewHasVectors_isShownByThatOne() throws Exception {
        Set<String> told = new HashSet<>();
        List<ReviewMotivations> rows = SampleRows.read().stream()
                .map(row -> told.add(row.itemId()) ? row : row.withVectors(null))
                .toList();

        ColdSplit split = ColdSplit.of(Dataset.of(rows, LIMITS), 0.2, 1, LIMITS);

        assertThat(split.items())
                .isNotEmpty()
                .allMatch(item -> item.shown().vectors().isPresent());
    }

    @Test
    void sameSeed_givesTheSameSplit_whateverTheOrderOfRows() throws Exception {
        List<ReviewMotivations> shuffled = new ArrayList<>(SampleRows.read());
        Collections.shuffle(shuffled, new Random(7));

        ColdSplit one = ColdSplit.of(Dataset.of(SampleRows.read(), LIMITS), 0.2, 1, LIMITS);
        ColdSplit other = ColdSplit.of(Dataset.of(shuffled, LIMITS), 0.2, 1, LIMITS);

        assertThat(other.users()).isEqualTo(one.users());
        assertThat(other.items()).isEqualTo(one.items());
    }

    @Test
    void shareThatLeavesNothingToTrainOn_isRefused() throws Exception {
        Dataset dataset = Dataset.of(SampleRows.read(), LIMITS);

        assertThatThrownBy(() -> ColdSplit.of(dataset, 0.99, 1, LIMITS)).isInstanceOf(RefusedInputException.class);
    }
}
