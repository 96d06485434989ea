package dev.lmmrec.training.cli;

import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Pointer;
import dev.lmmrec.training.export.PromotionGate;
import dev.lmmrec.training.run.PromotionRefusedException;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** When a version may become the current one. */
final class PromotionOptions {

    @Option(
            names = "--gate",
            paramLabel = "METRIC",
            defaultValue = "test.recall@20",
            description = "The manifests' metric that must not fall (default: ${DEFAULT-VALUE}).")
    private String metric;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "By how much it may fall, as a share of the current version's (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = "--force", description = "Promote also what is worse.")
    private boolean force;

    /** Refuses what cannot be, before anything is trained or asked for. */
    void check(CommandLine command) {
        if (!(tolerance >= 0 && tolerance <= 1)) {
            throw new ParameterException(command, "tolerance is " + tolerance + ", must be from 0 to 1");
        }
    }

    Pointer promote(ArtefactRepository repository, String version)
            throws IOException, DamagedArtefactException, PromotionRefusedException {
        Optional<Pointer> current = repository
                .current()
                .filter(pointer -> !force && !pointer.version().equals(version));
        if (current.isPresent()) {
            Manifest candidate = repository.manifest(version);
            Manifest before = repository.manifest(current.get().version());
            Optional<String> objection = new PromotionGate(metric, tolerance).objection(candidate, before);
            if (objection.isPresent()) {
                throw new PromotionRefusedException(objection.get() + "; --force promotes it all the same");
            }
        }
        return repository.promote(version);
    }
}
