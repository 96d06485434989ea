package dev.lmmrec.training.cli;

import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.provenance.BuildCommit;
import dev.lmmrec.training.provenance.ModelCard;
import dev.lmmrec.training.provenance.Provenance;
import dev.lmmrec.training.provenance.RowsFingerprint;
import dev.lmmrec.training.run.ArtefactRun;
import dev.lmmrec.training.run.Unfinished;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: rows in, artefact out. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains on the rows of motivations, measures on held-out interactions, trains again on all of"
                + " them, writes an artefact and publishes it. It is not used before it is promoted.")
final class TrainCommand implements Callable<Integer> {

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RowsOptions rows;

    @Mixin
    private SettingsOptions settingsOptions;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".lmmrec/artefacts",
            description = "Where the new version gets a folder of its own (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--no-publish", description = "Do not upload to the bucket that LMMREC_ARTEFACTS_BUCKET names.")
    private boolean noPublish;

    @Option(
            names = "--promote",
            description = "Make the published version the current one, unless it is worse than that.")
    private boolean promote;

    @Mixin
    private PromotionOptions promotion;

    @Option(names = "--no-refit", description = "Write the model as measured, trained on the training part alone.")
    private boolean noRefit;

    @Option(names = "--no-baselines", description = "Measure the model alone: half the time.")
    private boolean noBaselines;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description =
                    "Keep every validation's state here, and the rows if they are a table's, and go on from what is"
                            + " here; of this run alone.")
    private Path checkpoints;

    @Option(names = "--json", paramLabel = "FILE", description = "Write figures, weights and history as JSON.")
    private Path json;

    TrainCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = settingsOptions.settings();
        if (!noPublish && !clients.hasBucket()) {
            throw new ParameterException(
                    spec.commandLine(), "set " + Clients.BUCKET + " to publish to, or give --no-publish");
        }
        promotion.check(spec.commandLine());
        if (promote && noPublish) {
            throw new ParameterException(spec.commandLine(), "--promote needs a published version");
        }
        try (Console console = new Console(spec.commandLine().getOut())) {
            Dataset dataset = rows.read(clients, console, Optional.ofNullable(checkpoints));
            Provenance provenance = new Provenance(
                    BuildCommit.ofThisProgram(),
                    EffectiveCommand.of(spec),
                    rows.origin(clients),
                    RowsFingerprint.of(dataset.rows()));
            Map<String, String> entries = provenance.entries();
            entries.put(Manifest.RATING_MIN, Double.toString(rows.ratingMin()));
            ArtefactRun.Written written = new ArtefactRun(
                            settings,
                            console,
                            Clock.systemUTC(),
                            entries,
                            new Unfinished(Optional.ofNullable(checkpoints)))
                    .write(dataset, out, !noBaselines, !noRefit);
            ModelCard.write(written.artefact());
            if (!noPublish) {
                long started = System.nanoTime();
                String where = clients.withArtefacts(artefacts -> {
                    new ArtefactRepository(artefacts.objects(), Clock.systemUTC()).publish(written.artefact());
                    ModelCard.publish(written.artefact().manifest(), artefacts.objects());
                    return artefacts.objects().location();
                });
                console.done("publish", where, started);
            }
            console.table(written.outcome().rows());
            console.notes(written.outcome().notes());
            console.line("artefact: " + written.artefact().directory());
            // before the gate, which ends the command: who is to look at a refused version needs its figures
            if (json != null) {
                Map<String, Object> content = new LinkedHashMap<>();
                content.put("version", written.artefact().manifest().version());
                content.put("directory", written.artefact().directory().toString());
                content.put("published", !noPublish);
                content.put("run", Report.of(settings, written.outcome()));
                Report.write(json, content);
            }
            if (promote) {
                console.line(PromoteCommand.describe(clients.withArtefacts(artefacts -> promotion.promote(
                        new ArtefactRepository(artefacts.objects(), Clock.systemUTC()),
                        written.artefact().manifest().version()))));
            }
        }
        return 0;
    }
}
