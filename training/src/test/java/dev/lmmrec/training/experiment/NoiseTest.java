package dev.lmmrec.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.ReviewText;
import dev.lmmrec.training.data.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseTest {

    private static final String HELD_OUT = "words of a held-out review";

    private final Dataset plain = SyntheticRows.dataset(SyntheticRows.of(60, 50, 3, 8, 5));
    private final Split split = split(plain);
    private final Task task = new Task(split, Optional.of(worded(plain, split)));

    @Test
    void interactions_areReplacedByItemsTheUserNeverMet() {
        Task corrupted = new Noise(Noise.Kind.INTERACTIONS, 0.3).corrupt(task, 1);

        Interactions train = corrupted.split().train();
        int replaced = 0;
        for (int user = 0; user < train.users(); user++) {
            for (int item : train.itemsOf(user)) {
                if (!split.train().contains(user, item)) {
                    replaced++;
                    assertThat(split.holdsOut(user, item)).isFalse();
                }
            }
        }
        assertThat((double) replaced / split.train().count()).isEqualTo(0.3, within(0.06));
        assertThat(corrupted.split().test()).isSameAs(split.test());
        assertThat(corrupted.dataset()).isEqualTo(task.dataset());
    }

    @Test
    void texts_moveOnlyBetweenReviewsThatMayBeRead() {
        Task corrupted = new Noise(Noise.Kind.TEXT, 0.5).corrupt(task, 1);

        List<ReviewText> before = task.reviews();
        List<ReviewText> after = corrupted.reviews();
        assertThat(after).extracting(ReviewText::text).doesNotContain(HELD_OUT);
        assertThat(after)
                .extracting(ReviewText::text)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(ReviewText::text).toList());
        int moved = 0;
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).user()).isEqualTo(before.get(i).user());
            assertThat(after.get(i).item()).isEqualTo(before.get(i).item());
            moved += after.get(i).text().equals(before.get(i).text()) ? 0 : 1;
        }
        assertThat((double) moved / before.size()).isEqualTo(0.5, within(0.1));
        assertThat(corrupted.split()).isSameAs(split);
    }

    @Test
    void motivationsAndVectors_goWithTheirWords() {
        Task corrupted = new Noise(Noise.Kind.TEXT, 1).corrupt(task, 1);

        assertThat(corrupted.reviews()).allSatisfy(review -> {
            assertThat(review.motivations().get(0).statement()).isEqualTo(review.text());
            String writer = review.text();
            assertThat(review.vectors())
                    .isEqualTo(task.reviews().stream()
                            .filter(other -> other.text().equals(writer))
                            .findFirst()
                            .orElseThrow()
                            .vectors());
        });
    }

    @Test
    void equalSeeds_corruptAlike() {
        Noise noise = new Noise(Noise.Kind.INTERACTIONS, 0.2);

        assertThat(pairs(noise.corrupt(task, 1))).isEqualTo(pairs(noise.corrupt(task, 1)));
        assertThat(pairs(noise.corrupt(task, 1))).isNotEqualTo(pairs(noise.corrupt(task, 2)));
        assertThat(Noise.NOTHING.corrupt(task, 1)).isSameAs(task);
    }

    @Test
    void shareAboveOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Noise(Noise.Kind.TEXT, 1.1))
                .withMessageContaining("1.1");
    }

    private static Set<String> pairs(Task task) {
        Interactions train = task.split().train();
        return IntStream.range(0, train.users())
                .boxed()
                .flatMap(user -> Arrays.stream(train.itemsOf(user)).mapToObj(item -> user + " " + item))
                .collect(Collectors.toSet());
    }

    private static Split split(Dataset dataset) {
        try {
            return Split.random(dataset, 3);
        } catch (RefusedInputException e) {
            throw new AssertionError(e);
        }
    }

    /** Every readable review has words of its own, all others the same. */
    private static Dataset worded(Dataset dataset, Split split) {
        List<ReviewMotivations> rows = dataset.reviews().stream()
                .map(review -> SyntheticRows.row(
                        review.row().userId(),
                        review.row().itemId(),
                        split.holdsOut(review.user(), review.item())
                                ? HELD_OUT
                                : "words of " + review.row().reviewId(),
                        review.vectors().orElseThrow().text()))
                .toList();
        return dataset.withRows(rows, SyntheticRows.ENCODER);
    }
}
