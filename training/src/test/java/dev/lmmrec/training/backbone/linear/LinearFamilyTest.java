package dev.lmmrec.training.backbone.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.HistoryEncoder;
import dev.lmmrec.training.evaluation.HistoryScorer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every backbone of the family. */
class LinearFamilyTest {

    private static final int USERS = 120;
    private static final int ITEMS = 80;

    private final Interactions[] parts = Tastes.grouped(USERS, ITEMS, 4, 11);
    private final Interactions train = parts[0];

    static Stream<String> names() {
        return LinearFamily.recipes().stream().map(Recipe::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void scores_byHistory_equalThoseByUserWhenTheHistoryIsTheTrainingRow(String name) {
        HistoryScorer scorer = fit(name, train);
        float[] byHistory = new float[ITEMS];

        for (int user = 0; user < USERS; user += 17) {
            scorer.score(train.itemsOf(user), byHistory);

            assertThat(byHistory).containsExactly(Tastes.scores(scorer, user, ITEMS));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void scores_afterOneMoreItem_riseForItemsOfItsTaste(String name) {
        HistoryScorer scorer = fit(name, train);
        float[] before = new float[ITEMS];
        float[] after = new float[ITEMS];

        scorer.score(new int[] {4, 8}, before);
        scorer.score(new int[] {1, 4, 8}, after);

        // items 1, 5, 9, … are of one taste, 0, 4, 8, … of another
        double gain = IntStream.range(3, ITEMS / 4)
                .mapToDouble(i -> after[4 * i + 1] - before[4 * i + 1])
                .sum();
        assertThat(gain).isGreaterThan(0);
    }

    @ParameterizedTest
    @MethodSource("names")
    void emptyHistory_hasScoresOfZero(String name) {
        float[] scores = Tastes.scores(fit(name, train), 3, ITEMS);

        fit(name, train).score(new int[0], scores);

        assertThat(scores).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("names")
    void plantedTastes_areFoundFarMoreOftenThanByPopularity(String name) {
        Evaluation evaluation = new Evaluation(train, parts[1]);
        double floor = evaluation.of(new Popularity().fit(train)).recallAt(10);

        assertThat(evaluation.of(fit(name, train)).recallAt(10)).isGreaterThan(2 * floor);
    }

    @ParameterizedTest
    @MethodSource("names")
    void fittedTwice_givesTheSameScoresToTheLastBit(String name) {
        assertThat(Tastes.scores(fit(name, train), 5, ITEMS))
                .containsExactly(Tastes.scores(fit(name, train), 5, ITEMS));
    }

    @ParameterizedTest
    @MethodSource("names")
    void usersAndItemsWithoutInteractions_haveFiniteScores(String name) {
        Interactions sparse = Tastes.random(30, 25, 0.1, 4);
        HistoryScorer scorer = fit(name, sparse);

        for (int user = 0; user < 30; user++) {
            for (float score : Tastes.scores(scorer, user, 25)) {
                assertThat(score).isFinite();
            }
        }
    }

    /** Widths and ranks are far above the rank of the data, and even above the number of users and items. */
    @ParameterizedTest
    @MethodSource("names")
    void defaultSettings_onDataSmallerThanTheirWidth_giveFiniteScores(String name) {
        Backbone.ClosedForm backbone = (Backbone.ClosedForm) recipe(name).make(Map.of());
        for (Interactions tiny : List.of(
                Interactions.of(1, 1, List.of(new Pair(0, 0))),
                Interactions.of(40, 30, List.of(new Pair(3, 4), new Pair(3, 5))),
                Tastes.random(6, 9, 0.5, 2),
                Tastes.grouped(40, 30, 3, 5)[0],
                Tastes.grouped(90, 60, 30, 7)[0],
                Tastes.grouped(300, 160, 4, 7)[0])) {
            HistoryScorer scorer = (HistoryScorer) backbone.fit(tiny);

            for (int user = 0; user < tiny.users(); user++) {
                for (float score : Tastes.scores(scorer, user, tiny.items())) {
                    assertThat(score)
                            .as("%s users, %s items", tiny.users(), tiny.items())
                            .isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void encodedHistories_areTheUsersVectorsAndScoreAlike(String name) {
        if (fit(name, train) instanceof HistoryEncoder encoder) {
            float[] vector = encoder.encode(train.itemsOf(9));
            float[] scores = Tastes.scores(encoder, 9, ITEMS);

            assertThat(encoder.factors().user(9)).containsExactly(vector);
            for (int item = 0; item < ITEMS; item++) {
                float[] other = encoder.factors().item(item);
                assertThat(Tastes.dot(vector, other)).isEqualTo(scores[item], within(1e-4f));
            }
        } else {
            assertThat(name).isNotIn("low-rank", "ials");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aSettingOutOfItsRange_isRefusedByName(String name) {
        Recipe<Backbone> recipe = recipe(name);
        String setting = recipe.settings().get(0).name();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.make(Map.of(setting, -1.0)))
                .withMessageContaining(name + "." + setting);
    }

    static HistoryScorer fit(String name, Interactions train) {
        Map<String, Double> small = new TreeMap<>();
        recipe(name).settings().forEach(setting -> {
            switch (setting.name()) {
                case "width" -> small.put("width", 12.0);
                case "rank" -> small.put("rank", 4.0);
                case "neighbours", "candidates" -> small.put(setting.name(), 15.0);
                case "order" -> {
                    // a power below 1 would lift eigenvalues above 1, for which the polynomial is not meant
                    small.put("order", 2.0);
                    small.put("power", 1.0);
                }
                default -> {
                    // the default holds
                }
            }
        });
        return (HistoryScorer) ((Backbone.ClosedForm) recipe(name).make(small)).fit(train);
    }

    private static Recipe<Backbone> recipe(String name) {
        return LinearFamily.recipes().stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
