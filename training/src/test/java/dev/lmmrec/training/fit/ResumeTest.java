package dev.lmmrec.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.graph.LightGcn;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Settings.Part;
import dev.lmmrec.training.text.ReviewTexts;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed and continued ends where it would have ended. */
class ResumeTest {

    private static final Settings SETTINGS = new Settings(
            new Part("lightgcn", Map.of()),
            new Part("lmmrec", Map.of("robustness", 0.1, "prototypes", 8.0, "queue", 64.0, "teacher-every", 3.0)),
            4,
            0.01,
            64,
            9,
            2,
            5,
            1e-4,
            1);

    private final Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(30, 20, 3, 6, 2));

    @TempDir
    private Path folder;

    /** Stands for a machine that is taken away. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void killedRun_continued_endsBitEqual() {
        Trained whole = train(SETTINGS, epoch -> {}, Optional.empty());
        List<Integer> epochs = new ArrayList<>();

        for (int killAt : new int[] {1, 5, 7}) {
            assertThatExceptionOfType(Killed.class)
                    .isThrownBy(() -> train(
                            SETTINGS,
                            epoch -> {
                                epochs.add(epoch);
                                if (epoch == killAt) {
                                    throw new Killed();
                                }
                            },
                            Optional.of(new Checkpoints(folder))));
        }
        Trained continued = train(SETTINGS, epochs::add, Optional.of(new Checkpoints(folder)));

        // each time from the last validation on
        assertThat(epochs).startsWith(1, 1, 2, 3, 4, 5, 5, 6, 7, 7);
        assertThat(numbers(continued.interaction())).isEqualTo(numbers(whole.interaction()));
        assertThat(numbers(continued.text())).isEqualTo(numbers(whole.text()));
        assertThat(numbers(continued.aligned())).isEqualTo(numbers(whole.aligned()));
        assertThat(continued.history()).isEqualTo(whole.history());
        assertThat(continued.bestEpoch()).isEqualTo(whole.bestEpoch());
    }

    @Test
    void finishedRun_startedAgain_trainsNothingAndGivesTheSame() {
        Trained first = train(SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder)));
        List<Integer> epochs = new ArrayList<>();

        Trained again = train(SETTINGS, epochs::add, Optional.of(new Checkpoints(folder)));

        assertThat(epochs).isEmpty();
        assertThat(numbers(again.text())).isEqualTo(numbers(first.text()));
    }

    @Test
    void checkpointOfOtherSettings_isRefusedNamingThem() {
        train(SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder)));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> train(SETTINGS.withSeed(7), epoch -> {}, Optional.of(new Checkpoints(folder))))
                .withMessageContaining("another run")
                .withMessageContaining("seed was 1 and is 7");
    }

    @Test
    void checkpointOfOtherWords_isRefused() {
        List<ReviewMotivations> rows = SyntheticRows.of(30, 20, 3, 6, 2);
        rows.set(0, worded(rows.get(0), rows.get(1).review().text()));
        Dataset other = SyntheticRows.dataset(rows);
        assertThat(other.interactions().itemsOf(0))
                .isEqualTo(dataset.interactions().itemsOf(0));
        train(SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder)));

        assertOtherText(other);
    }

    @Test
    void checkpointOfOtherVectors_isRefused() {
        List<ReviewMotivations> rows = SyntheticRows.of(30, 20, 3, 6, 2);
        rows.set(0, rows.get(0).withVectors(rows.get(1).vectors().orElseThrow()));
        train(SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder)));

        assertOtherText(SyntheticRows.dataset(rows));
    }

    @Test
    void checkpointOfARunThatReadsNoText_isGoneOnFromWhateverTheReviewsSay() {
        Settings alone = SETTINGS.withWrapper(new Part("none", Map.of()));
        train(alone, epoch -> {}, Optional.of(new Checkpoints(folder)));
        List<ReviewMotivations> rows = SyntheticRows.of(30, 20, 3, 6, 2);
        rows.set(0, rows.get(0).withVectors(rows.get(1).vectors().orElseThrow()));
        List<Integer> epochs = new ArrayList<>();

        train(SyntheticRows.dataset(rows), alone, epochs::add, Optional.of(new Checkpoints(folder)));

        assertThat(epochs).isEmpty();
    }

    @Test
    void damagedCheckpoint_isRefusedNamingTheFile() throws Exception {
        train(SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder)));
        Path file = folder.resolve(Checkpoints.FILE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file, bytes);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> train(SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder))))
                .withMessageContaining(file.toString())
                .withMessageContaining("damaged");
    }

    private static ReviewMotivations worded(ReviewMotivations row, String text) {
        return SyntheticRows.row(
                row.userId(), row.itemId(), text, row.vectors().orElseThrow().text());
    }

    private void assertOtherText(Dataset other) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> train(other, SETTINGS, epoch -> {}, Optional.of(new Checkpoints(folder))))
                .withMessageContaining("another run")
                .withMessageContaining("text was CRC");
    }

    private Trained train(Settings settings, IntConsumer afterEpoch, Optional<Checkpoints> checkpoints) {
        return train(dataset, settings, afterEpoch, checkpoints);
    }

    private static Trained train(
            Dataset dataset, Settings settings, IntConsumer afterEpoch, Optional<Checkpoints> checkpoints) {
        // a judge that sees the state, and prefers no epoch in particular
        return new Trainer(settings, afterEpoch, checkpoints)
                .train(
                        new LightGcn(1, 0.8),
                        settings.newWrapper(),
                        dataset.interactions(),
                        Optional.of(ReviewTexts.of(dataset)),
                        (interaction, text) -> Math.abs(text.item(0)[0] * 1e4) % 1);
    }

    private static List<Float> numbers(Factors factors) {
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
