package dev.lmmrec.training.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.linear.Ease;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Settings.Part;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Closed forms take part by their factors. */
class GivenVectorsTest {

    private static final Settings SETTINGS = new Settings(
            new Part("lightgcn", Map.of()),
            new Part("lmmrec", Map.of("prototypes", 0.0)),
            6,
            0.02,
            64,
            30,
            3,
            2,
            1e-4,
            1);

    private final Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(30, 20, 3, 5, 2));
    private final Factors factors = new ScoreFactors(
                    new Ease(30).fit(dataset.interactions()),
                    dataset.users().size(),
                    dataset.items().size())
            .of(6, 1);

    @Test
    void fixedVectors_stayAndTextLearnsFromThem() {
        Trained trained = train(true);
        Trained unaligned = train(new Settings(
                SETTINGS.backbone(),
                new Part("lmmrec", Map.of("prototypes", 0.0, "mcs", 0.0, "itc", 0.0, "match", 0.0)),
                6,
                0.02,
                64,
                30,
                3,
                2,
                1e-4,
                1));

        assertThat(trained.interaction().user(3)).isEqualTo(factors.normalised().user(3));
        assertThat(trained.text().user(3)).isNotEqualTo(unaligned.text().user(3));
    }

    @Test
    void freeVectors_areTrainedOn() {
        assertThat(train(false).interaction().user(3))
                .isNotEqualTo(factors.normalised().user(3));
    }

    @Test
    void vectorsOfAnotherWidth_areRefusedNamingBoth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GivenVectors("ease", factors, true).start(dataset.interactions(), 8, 1, null))
                .withMessageContaining("width 6")
                .withMessageContaining("width 8");
    }

    private Trained train(boolean fixed) {
        return new Trainer(SETTINGS, epoch -> {})
                .refit(
                        new GivenVectors("ease", factors, fixed),
                        SETTINGS.newWrapper(),
                        dataset.interactions(),
                        Optional.of(ReviewTexts.of(dataset)),
                        2);
    }

    private Trained train(Settings settings) {
        return new Trainer(settings, epoch -> {})
                .refit(
                        new GivenVectors("ease", factors, true),
                        settings.newWrapper(),
                        dataset.interactions(),
                        Optional.of(ReviewTexts.of(dataset)),
                        2);
    }
}
