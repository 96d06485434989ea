package dev.lmmrec.training.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.words.SparseRow;
import dev.lmmrec.training.words.WordTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No word and no vector of a held-out review reaches anything that training or choosing looks at, and none of a
 * training pair's own review reaches what is trained on that pair. One word and one component of vectors are planted in
 * one review and looked for in every path that text takes.
 */
class LeakageTest {

    private static final String PLANTED = "xylophonquartz";
    private static final int COMPONENT = 383;
    private static final float SPIKE = 100;

    private final List<ReviewMotivations> rows = clean(SyntheticRows.of(14, 10, 2, 6, 3));
    private final Dataset dataset = SyntheticRows.dataset(rows);

    @Test
    void heldOutReview_reachesNoPathOfText() throws Exception {
        Split split = Split.random(dataset, 4);
        for (boolean test : new boolean[] {true, false}) {
            int user = IntStream.range(0, dataset.users().size())
                    .filter(u -> (test ? split.test() : split.validation()).countOf(u) > 0)
                    .findFirst()
                    .orElseThrow();
            int item = (test ? split.test() : split.validation()).itemsOf(user)[0];
            Dataset planted = plantedIn(user, item, true);

            ReviewTexts held = ReviewTexts.without(planted, split);
            ReviewTexts open = ReviewTexts.of(planted);

            assertThat(paths(held)).as("paths that know the held-out review").isEmpty();
            // the same looks find it where it may be
            assertThat(paths(open))
                    .contains(
                            "user profile",
                            "item profile",
                            "user sum",
                            "item sum",
                            "pair",
                            "user motive",
                            "item motive",
                            "user words",
                            "item words");
        }
    }

    @Test
    void ownReviewOfATrainingPair_isLeftOutOnBothSidesOfIt_andOfItAlone() {
        int user = 3;
        int[] items = dataset.interactions().itemsOf(user);
        ReviewTexts texts = ReviewTexts.of(plantedIn(user, items[1], true));
        WordTexts words = texts.words();
        int word = words.vocabulary().indexOf(PLANTED);

        assertThat(weight(words.userWithout(user, items[1]), word)).isZero();
        assertThat(weight(words.itemWithout(user, items[1]), word)).isZero();
        assertThat(weight(words.historyWithout(user, items[0]), word)).isZero();
        assertThat(weight(words.userWithout(user, items[0]), word)).isPositive();
        assertThat(weight(words.userBy(user, new int[] {items[0], items[2]}), word))
                .isZero();
        assertThat(weight(words.userBy(user, new int[] {items[0], items[1]}), word))
                .isPositive();
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            LeftOutTexts left = new LeftOutTexts(texts.pairs(), manager);
            LeftOutTexts.Rows seen = left.of(manager, new int[] {user, user}, new int[] {items[1], items[0]});
            float[] users = seen.users().toFloatArray();
            assertThat(users[COMPONENT]).isZero();
            assertThat(users[Dataset.TEXT_WIDTH + COMPONENT]).isGreaterThan(0.9f);
            assertThat(seen.items().toFloatArray()[COMPONENT]).isZero();
        }
        assertThat(texts.userMotives().weights(new int[] {user}, new int[] {items[1]}))
                .isNotEqualTo(texts.userMotives().weights(new int[] {user}, new int[] {-1}));
    }

    @Test
    void sumsBehindProfiles_pointWhereTheProfilesDo() {
        ReviewTexts texts = ReviewTexts.of(dataset);
        float[] profile = texts.sides().userMatrix();
        float[] sums = texts.pairs().userSums();
        for (int user = 0; user < dataset.users().size(); user++) {
            float[] a = Arrays.copyOfRange(profile, user * Dataset.TEXT_WIDTH, (user + 1) * Dataset.TEXT_WIDTH);
            float[] b = Arrays.copyOfRange(sums, user * Dataset.TEXT_WIDTH, (user + 1) * Dataset.TEXT_WIDTH);
            double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
            assertThat(cosine).isGreaterThan(0.9999);
        }
    }

    @Test
    void pairOfAUserWithNothingElse_takesNoPart() {
        List<ReviewMotivations> more = new ArrayList<>(rows);
        float[] vector = new float[Dataset.TEXT_WIDTH];
        vector[0] = 1;
        more.add(SyntheticRows.row("once", "i1", "tastex1", DenseVector.of(vector)));
        Dataset with = SyntheticRows.dataset(more);
        int once = with.users().indexOf("once");
        int item = with.items().indexOf("i1");
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            LeftOutTexts left = new LeftOutTexts(ReviewTexts.of(with).pairs(), manager);

            assertThat(left.of(manager, new int[] {once}, new int[] {item})
                            .present()
                            .toFloatArray())
                    .containsExactly(0);
        }
    }

    private Dataset plantedIn(int user, int item, boolean alsoElsewhere) {
        float[] spike = new float[Dataset.TEXT_WIDTH];
        spike[COMPONENT] = SPIKE;
        List<ReviewMotivations> planted = new ArrayList<>(rows);
        String userId = dataset.users().get(user);
        String itemId = dataset.items().get(item);
        planted.replaceAll(row -> row.userId().equals(userId) && row.itemId().equals(itemId)
                ? SyntheticRows.row(userId, itemId, PLANTED, DenseVector.of(spike))
                : row);
        if (alsoElsewhere) {
            // words that one review uses alone are in no vocabulary anyway
            planted.add(SyntheticRows.row("stranger", "elsewhere", PLANTED, null));
        }
        Dataset first = SyntheticRows.dataset(planted);
        return new Dataset(
                dataset.users(), dataset.items(), dataset.interactions(), first.rows(), first.encoderIdOrNull());
    }

    /** Every path of text in which the plant is found. */
    private static List<String> paths(ReviewTexts texts) {
        List<String> found = new ArrayList<>();
        look(found, "user profile", spiked(texts.sides().userMatrix()));
        look(found, "item profile", spiked(texts.sides().itemMatrix()));
        look(found, "user sum", spiked(texts.pairs().userSums()));
        look(found, "item sum", spiked(texts.pairs().itemSums()));
        look(found, "pair", spiked(texts.pairs().own()));
        look(found, "user motive", spiked(texts.userMotives().vectors()));
        look(found, "item motive", spiked(texts.itemMotives().vectors()));
        WordTexts words = texts.words();
        for (String planted : List.of(PLANTED, "m:" + PLANTED)) {
            int word = words.vocabulary().indexOf(planted);
            look(found, "user words", anyRow(words.train().users(), words::user, word));
            look(found, "history words", anyRow(words.train().users(), words::history, word));
            look(found, "item words", anyRow(words.train().items(), words::item, word));
        }
        return found.stream().distinct().toList();
    }

    private static boolean anyRow(int count, Function<Integer, SparseRow> row, int word) {
        return word >= 0 && Stream.iterate(0, i -> i + 1).limit(count).map(row).anyMatch(r -> weight(r, word) > 0);
    }

    private static void look(List<String> found, String path, boolean there) {
        if (there) {
            found.add(path);
        }
    }

    private static boolean spiked(float[] matrix) {
        for (int at = COMPONENT; at < matrix.length; at += Dataset.TEXT_WIDTH) {
            if (matrix[at] != 0) {
                return true;
            }
        }
        return false;
    }

    private static float weight(SparseRow row, int word) {
        for (int at = 0; at < row.size(); at++) {
            if (row.word(at) == word) {
                return row.weight(at);
            }
        }
        return 0;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }

    private static List<ReviewMotivations> clean(List<ReviewMotivations> rows) {
        return rows.stream()
                .map(row -> {
                    float[] vector = row.vectors().orElseThrow().text().toArray();
                    vector[COMPONENT] = 0;
                    return SyntheticRows.row(
                            row.userId(), row.itemId(), row.review().text(), DenseVector.of(vector));
                })
                .toList();
    }
}
