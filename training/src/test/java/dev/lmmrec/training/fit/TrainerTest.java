package dev.lmmrec.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.backbone.graph.LightGcn;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Settings.Part;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final Settings SMALL = new Settings(
            new Part("lightgcn", Map.of("layers", 2.0)),
            new Part("lmmrec", Map.of("robustness", 0.1, "prototypes", 8.0, "motives", 1.0, "queue", 32.0)),
            8,
            0.01,
            64,
            30,
            3,
            2,
            1e-4,
            1);

    private final Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(60, 40, 4, 6, 2));
    private final Optional<ReviewTexts> text = Optional.of(ReviewTexts.of(dataset));

    @Test
    void training_onPlantedTastes_findsThem() throws Exception {
        Dataset tastes = SyntheticRows.dataset(SyntheticRows.of(150, 40, 4, 7, 2));
        Split split = Split.random(tastes, 1);
        Evaluation validation = new Evaluation(split.train(), split.validation());

        Trained trained = new Trainer(SMALL, epoch -> {})
                .train(
                        new LightGcn(2, 0.8),
                        SMALL.newWrapper(),
                        split.train(),
                        Optional.empty(),
                        (interaction, aligned) -> validation.of(interaction).recallAt(20));

        // chance finds 10 of the 35 items that are left
        assertThat(validation.of(trained.interaction()).recallAt(10)).isGreaterThan(0.7);
    }

    @Test
    void equalSeeds_giveEqualVectors_otherSeedsOthers() {
        Trained one = refit(SMALL, text, 4);
        Trained again = refit(SMALL, text, 4);
        Trained other = refit(SMALL.withSeed(2), text, 4);

        assertThat(all(again.interaction())).isEqualTo(all(one.interaction()));
        assertThat(all(again.aligned())).isEqualTo(all(one.aligned()));
        assertThat(all(other.interaction())).isNotEqualTo(all(one.interaction()));
    }

    @Test
    void wrapper_switchedOn_changesVectorsAndHasAShareOfTheGradient() {
        Trained without = refit(SMALL, Optional.empty(), 4);
        Trained with = refit(SMALL, text, 4);

        assertThat(all(with.interaction())).isNotEqualTo(all(without.interaction()));
        assertThat(without.encoder()).isEmpty();
        Trained judged = new Trainer(SMALL, epoch -> {})
                .train(
                        new LightGcn(2, 0.8),
                        SMALL.newWrapper(),
                        dataset.interactions(),
                        text,
                        (interaction, aligned) -> 0.5);
        assertThat(judged.history().get(0).gradientShares())
                .containsOnlyKeys("bpr", "l2", "mcs", "mcs-robustness", "itc", "match", "word-ranking", "text-ranking")
                .allSatisfy((term, share) -> assertThat(share).as(term).isGreaterThan(1e-4));
    }

    @Test
    void termsOfOneName_countTogetherInTheShares() {
        assertThat(shareOfSquaredNorms(1)).isGreaterThan(10 * shareOfSquaredNorms(0));
    }

    private double shareOfSquaredNorms(double ofTheBackbone) {
        Backbone.Learnt backbone =
                (Backbone.Learnt) new Catalogue().recipe("lightgcn").make(Map.of("l2", ofTheBackbone));
        return new Trainer(SMALL, epoch -> {})
                .train(
                        backbone,
                        SMALL.newWrapper(),
                        dataset.interactions(),
                        Optional.empty(),
                        (interaction, aligned) -> 0.5)
                .history()
                .get(0)
                .gradientShares()
                .get("l2");
    }

    @Test
    void validationThatStopsGettingBetter_endsTrainingInTheBestState() {
        ArrayDeque<Double> verdicts = new ArrayDeque<>(List.of(0.1, 0.4, 0.3, 0.4, 0.9));
        List<List<Float>> seen = new ArrayList<>();

        Trained trained = new Trainer(SMALL, epoch -> {})
                .train(
                        new LightGcn(2, 0.8),
                        SMALL.newWrapper(),
                        dataset.interactions(),
                        text,
                        (interaction, aligned) -> {
                            seen.add(all(interaction));
                            return verdicts.pop();
                        });

        assertThat(trained.bestEpoch()).isEqualTo(6);
        assertThat(trained.history()).extracting(Checkpoint::epoch).containsExactly(3, 6, 9, 12);
        assertThat(all(trained.interaction())).isEqualTo(seen.get(1)).isNotEqualTo(seen.get(3));
    }

    @Test
    void refit_forTheBestEpoch_equalsTheBestState() {
        Trained stopped = new Trainer(SMALL, epoch -> {})
                .train(
                        new LightGcn(2, 0.8),
                        SMALL.newWrapper(),
                        dataset.interactions(),
                        text,
                        (interaction, aligned) ->
                                1.0 / Math.abs(all(interaction).get(0)));

        Trained refit = refit(SMALL, text, stopped.bestEpoch());

        assertThat(all(refit.interaction())).isEqualTo(all(stopped.interaction()));
    }

    @Test
    void textForSomeOnly_trainsAndLeavesTheOthersAlignedVectorsZero() {
        var rows = new ArrayList<>(dataset.rows());
        rows.replaceAll(row -> row.review().userId().equals("u3")
                ? SyntheticRows.row("u3", row.review().itemId(), "word", null)
                : row);
        Dataset partly = SyntheticRows.dataset(rows);

        Trained trained = new Trainer(SMALL, epoch -> {})
                .refit(
                        new LightGcn(2, 0.8),
                        SMALL.newWrapper(),
                        partly.interactions(),
                        Optional.of(ReviewTexts.of(partly)),
                        2);

        assertThat(trained.aligned().user(partly.users().indexOf("u3"))).containsOnly(0);
        assertThat(trained.aligned().user(partly.users().indexOf("u4"))).isNotEqualTo(new float[8]);
    }

    @Test
    void batches_ofAnEpoch_holdEveryPairOnceWithAnItemNotMet() {
        Interactions train = dataset.interactions();
        List<Pair> seen = new ArrayList<>();
        for (Batch batch : new Batches(train, 50).epoch(3)) {
            assertThat(batch.size()).isLessThanOrEqualTo(50);
            for (int b = 0; b < batch.size(); b++) {
                seen.add(new Pair(batch.users()[b], batch.positives()[b]));
                assertThat(train.contains(batch.users()[b], batch.negatives()[b]))
                        .isFalse();
            }
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(train.count());
    }

    @Test
    void userWhoMetEverything_takesNoPart() {
        Interactions train = Interactions.of(2, 2, List.of(new Pair(0, 0), new Pair(0, 1), new Pair(1, 0)));

        assertThat(new Batches(train, 10).epoch(1)).singleElement().satisfies(batch -> assertThat(batch.users())
                .containsExactly(1));
    }

    @Test
    void settingsOutOfRange_areAllNamedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(
                        new Part("lightgcn", Map.of("layers", 2.5)),
                        new Part("lmmrec", Map.of("mcs", -1.0, "mscs", 1.0)),
                        0,
                        0.01,
                        64,
                        30,
                        3,
                        2,
                        -1,
                        1))
                .withMessageContaining("dim is 0")
                .withMessageContaining("l2 is -1.0")
                .withMessageContaining("lightgcn.layers is 2.5, must be a whole number")
                .withMessageContaining("lmmrec.mcs is -1.0")
                .withMessageContaining("no setting mscs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SMALL.withWrapper(new Part("lmrec", Map.of())))
                .withMessageContaining("no wrapper lmrec")
                .withMessageContaining("rlmrec-con");
    }

    private Trained refit(Settings settings, Optional<ReviewTexts> sides, int epochs) {
        return new Trainer(settings, epoch -> {})
                .refit(new LightGcn(2, 0.8), settings.newWrapper(), dataset.interactions(), sides, epochs);
    }

    private static List<Float> all(Factors factors) {
        List<Float> numbers = new ArrayList<>();
        for (int user = 0; user < factors.userCount(); user++) {
            for (float x : factors.user(user)) {
                numbers.add(x);
            }
        }
        for (int item = 0; item < factors.itemCount(); item++) {
            for (float x : factors.item(item)) {
                numbers.add(x);
            }
        }
        return numbers;
    }
}
