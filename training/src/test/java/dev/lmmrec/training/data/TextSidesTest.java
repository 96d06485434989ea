package dev.lmmrec.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SyntheticRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextSidesTest {

    private static final String PLANTED_WORD = "xylophonquartz";
    private static final int PLANTED_COMPONENT = 383;

    @Test
    void heldOutReview_withPlantedWordAndVector_reachesNoProfile() throws Exception {
        List<ReviewMotivations> rows = withoutComponent(SyntheticRows.of(12, 10, 2, 5, 3));
        Dataset before = SyntheticRows.dataset(rows);
        Split split = Split.random(before, 4);
        String heldOut = null;
        for (int user = 0; user < before.users().size() && heldOut == null; user++) {
            if (split.test().countOf(user) > 0) {
                heldOut = before.users().get(user) + "-"
                        + before.items().get(split.test().itemsOf(user)[0]);
            }
        }
        Dataset planted = SyntheticRows.dataset(plant(rows, heldOut));

        Map<ProfileKey, Profile> held = TextSides.profilesWithout(planted, split);
        Map<ProfileKey, Profile> open = TextSides.profilesOf(planted);

        assertThat(touched(held)).as("profiles that know the held-out review").isEmpty();
        // the same look finds it where it may be: with the user and with the item
        assertThat(touched(open)).hasSize(2);
        assertThat(component(TextSides.of(planted, held))).isZero();
        assertThat(component(TextSides.of(planted, open))).isPositive();
    }

    @Test
    void secondReviewOfAHeldOutPair_isHeldOutToo() throws Exception {
        Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(12, 10, 2, 5, 3));
        Split split = Split.random(dataset, 4);
        ReviewMotivations original = dataset.rows().stream()
                .filter(row -> split.validation()
                        .contains(
                                dataset.users().indexOf(row.review().userId()),
                                dataset.items().indexOf(row.review().itemId())))
                .findFirst()
                .orElseThrow();
        ReviewMotivations second =
                SyntheticRows.row(original.review().userId(), original.review().itemId(), PLANTED_WORD, null, "any", 1);
        List<ReviewMotivations> rows = new ArrayList<>(dataset.rows());
        rows.remove(original);
        rows.add(second);

        Map<ProfileKey, Profile> held = TextSides.profilesWithout(
                new Dataset(dataset.users(), dataset.items(), dataset.interactions(), rows, null), split);

        assertThat(held.values()).noneMatch(profile -> profile.text().contains(PLANTED_WORD));
    }

    @Test
    void textVector_isThatOfTheProfileWhichServingHas() {
        Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(6, 8, 2, 3, 3));
        List<ReviewMotivations> own = dataset.rows().stream()
                .filter(row -> row.review().userId().equals("u3"))
                .toList();
        DenseVector served = new ProfileMerge()
                .merge(ProfileKey.user("u3"), own)
                .orElseThrow()
                .textVector();

        float[] matrix = TextSides.of(dataset, TextSides.profilesOf(dataset)).userMatrix();

        int from = dataset.users().indexOf("u3") * Dataset.TEXT_WIDTH;
        assertThat(Arrays.copyOfRange(matrix, from, from + Dataset.TEXT_WIDTH)).containsExactly(served.toArray());
    }

    @Test
    void userWithoutVectors_hasNoText() {
        List<ReviewMotivations> rows = new ArrayList<>(SyntheticRows.of(4, 8, 2, 3, 3));
        rows.add(SyntheticRows.row("silent", "i1", "word", null));
        Dataset dataset = SyntheticRows.dataset(rows);

        TextSides text = TextSides.of(dataset, TextSides.profilesOf(dataset));

        assertThat(text.hasUser(dataset.users().indexOf("silent"))).isFalse();
        assertThat(text.usersWithText()).isEqualTo(4);
    }

    private static List<ReviewMotivations> withoutComponent(List<ReviewMotivations> rows) {
        return rows.stream()
                .map(row -> {
                    float[] vector = row.vectors().orElseThrow().text().toArray();
                    vector[PLANTED_COMPONENT] = 0;
                    return SyntheticRows.row(
                            row.review().userId(), row.review().itemId(), "word", DenseVector.of(vector));
                })
                .toList();
    }

    private static List<ReviewMotivations> plant(List<ReviewMotivations> rows, String reviewId) {
        float[] spike = new float[Dataset.TEXT_WIDTH];
        spike[PLANTED_COMPONENT] = 100;
        return rows.stream()
                .map(row -> row.reviewId().equals(reviewId)
                        ? SyntheticRows.row(
                                row.review().userId(), row.review().itemId(), PLANTED_WORD, DenseVector.of(spike))
                        : row)
                .toList();
    }

    private static List<ProfileKey> touched(Map<ProfileKey, Profile> profiles) {
        return profiles.values().stream()
                .filter(profile -> profile.text().contains(PLANTED_WORD)
                        || profile.textVector().toArray()[PLANTED_COMPONENT] != 0)
                .map(Profile::key)
                .toList();
    }

    private static double component(TextSides text) {
        double sum = 0;
        for (float[] matrix : List.of(text.userMatrix(), text.itemMatrix())) {
            for (int i = PLANTED_COMPONENT; i < matrix.length; i += Dataset.TEXT_WIDTH) {
                sum += Math.abs(matrix[i]);
            }
        }
        return sum;
    }
}
