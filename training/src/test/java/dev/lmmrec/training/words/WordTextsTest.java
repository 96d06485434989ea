package dev.lmmrec.training.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.blend.Part;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.wrapper.ScoreFactors;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTextsTest {

    private static final List<ReviewMotivations> ROWS = List.of(
            SyntheticRows.row("ann", "drum", "Loud loud skins", null),
            SyntheticRows.row("ann", "lute", "quiet strings", null),
            SyntheticRows.row("bob", "drum", "loud skins quiet", null),
            SyntheticRows.row("bob", "lute", "strings, x", null));

    private final Dataset dataset = SyntheticRows.dataset(ROWS);
    private final WordTexts texts =
            WordTexts.of(dataset, dataset.interactions(), ROWS).weighing(1, 0);

    @Test
    void rows_areTfIdfOfWordsThatTwoReviewsUse() {
        assertThat(texts.vocabulary())
                .filteredOn(word -> !word.startsWith("m:"))
                .containsExactly("loud", "quiet", "skins", "strings");
        int ann = dataset.users().indexOf("ann");
        // loud twice, quiet, skins, strings once; quiet is of both items, so its idf is 1, the others' 1 + ln(3/2)
        double rare = 1 + Math.log(1.5);
        double loud = (1 + Math.log(2)) * rare;
        double norm = Math.sqrt(loud * loud + 1 + 2 * rare * rare);

        SparseRow row = texts.user(ann);

        assertThat(row.size()).isEqualTo(4);
        assertThat((double) row.weight(0)).isEqualTo(loud / norm, within(1e-6));
        assertThat((double) row.weight(1)).isEqualTo(1 / norm, within(1e-6));
    }

    @Test
    void weighing_chooseswhichWordsCount() {
        WordTexts motives = WordTexts.of(dataset, dataset.interactions(), ROWS).weighing(0, 1);

        for (int at = 0; at < motives.user(0).size(); at++) {
            assertThat(motives.vocabulary().get(motives.user(0).word(at))).startsWith("m:");
        }
        assertThat(motives.user(0).size()).isPositive();
    }

    @Test
    void pairThatWasNotTrainedOn_isRefused() {
        Dataset more = SyntheticRows.dataset(SyntheticRows.of(6, 8, 2, 3, 1));
        WordTexts other = WordTexts.of(more, more.interactions(), more.rows());
        int unmet = 0;
        while (more.interactions().contains(0, unmet)) {
            unmet++;
        }
        int item = unmet;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.userWithout(0, item))
                .withMessageContaining("no training pair");
    }

    @Test
    void subspace_isOrthonormalAndKeepsMostOfTheRows() {
        Dataset more = SyntheticRows.dataset(SyntheticRows.of(30, 20, 2, 5, 1));
        WordTexts words = WordTexts.of(more, more.interactions(), more.rows()).weighing(1, 0);
        int width = 20;
        float[] directions = new WordSubspace(words).directions(width, 3);
        int count = words.vocabulary().size();
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double dot = 0;
                for (int word = 0; word < count; word++) {
                    dot += directions[word * width + a] * directions[word * width + b];
                }
                assertThat(dot).isEqualTo(a == b ? 1 : 0, within(1e-5));
            }
        }
        double kept = 0;
        for (int item = 0; item < 20; item++) {
            for (int k = 0; k < width; k++) {
                double at = 0;
                SparseRow row = words.item(item);
                for (int w = 0; w < row.size(); w++) {
                    at += row.weight(w) * directions[row.word(w) * width + k];
                }
                kept += at * at;
            }
        }
        assertThat(kept / 20).isGreaterThan(0.9);
    }

    @Test
    void channels_onPlantedTastes_rankFarBetterThanChance() throws Exception {
        Dataset tastes = SyntheticRows.dataset(SyntheticRows.of(80, 40, 4, 6, 2));
        Split split = Split.random(tastes, 1);
        WordTexts words = WordTexts.of(
                        tastes, split.train(), dev.lmmrec.training.data.TextSides.openRows(tastes, split))
                .weighing(1, 0);
        Evaluation test = new Evaluation(split.train(), split.test());

        for (Part part : new WordChannels(words).parts(split.validation())) {
            // chance finds 10 of the 36 items that are left
            assertThat(test.of(part.scorer()).recallAt(10)).as(part.name()).isGreaterThan(0.5);
        }
    }

    @Test
    void scoreFactors_ofScoresOfLowRank_giveTheScores() {
        float[] users = new float[7 * 3];
        float[] items = new float[9 * 3];
        for (int i = 0; i < users.length; i++) {
            users[i] = (float) Math.sin(i * 1.7);
        }
        for (int i = 0; i < items.length; i++) {
            items[i] = (float) Math.cos(i * 2.3);
        }
        Factors truth = new Factors(3, users, items);

        Factors found = new ScoreFactors(truth, 7, 9).of(5, 1);

        assertThat(found.width()).isEqualTo(5);
        float[] expected = new float[9];
        float[] scores = new float[9];
        for (int user = 0; user < 7; user++) {
            truth.score(user, expected);
            found.score(user, scores);
            for (int item = 0; item < 9; item++) {
                assertThat(scores[item]).isEqualTo(expected[item], within(1e-4f));
            }
        }
    }
}
