package dev.lmmrec.training.fit;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.text.RandomTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much memory training holds as epochs go by; a leak of the engine's arrays shows outside the heap only. */
public final class EpochMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private final Settings settings;

    /**
     * Sets the run.
     *
     * @param settings its shape; text is random, words take no part
     */
    public EpochMemory(Settings settings) {
        this.settings = settings;
    }

    /**
     * What is held after an epoch.
     *
     * @param epoch from 1
     * @param heap bytes of the heap in use after a collection
     * @param resident bytes of the process in memory, the heap included; empty where the system does not tell
     */
    public record Held(int epoch, long heap, Optional<Long> resident) {}

    /**
     * Trains and looks.
     *
     * @param backbone the recipe
     * @param train what to learn from
     * @param epochs at least 1
     * @param looks how many looks, evenly spread, the last after the last epoch
     * @return in their order
     */
    public List<Held> along(Backbone.Learnt backbone, Interactions train, int epochs, int looks) {
        List<Held> held = new ArrayList<>();
        int every = Math.max(1, epochs / looks);
        new Trainer(settings, epoch -> {
                    if (epoch % every == 0 || epoch == epochs) {
                        held.add(now(epoch));
                    }
                })
                .refit(
                        backbone,
                        settings.newWrapper(),
                        train,
                        Optional.of(RandomTexts.of(train, settings.seed())),
                        epochs);
        return held;
    }

    private static Held now(int epoch) {
        System.gc();
        return new Held(
                epoch, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), resident());
    }

    private static Optional<Long> resident() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
