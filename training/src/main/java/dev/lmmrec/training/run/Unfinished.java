package dev.lmmrec.training.run;

import dev.lmmrec.training.fit.Checkpoints;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the models of a run that may be interrupted keep their checkpoints: a folder each.
 *
 * @param folder the parent of all; empty if nothing is kept
 */
public record Unfinished(Optional<Path> folder) {

    /** Nothing is kept. */
    public static final Unfinished NOWHERE = new Unfinished(Optional.empty());

    /**
     * The checkpoints of one model.
     *
     * @param model its name, unlike all others of the run
     * @return where its trainer keeps them, if anything is kept
     */
    Optional<Checkpoints> of(String model) {
        String name = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        return folder.map(parent -> new Checkpoints(parent.resolve(name)));
    }
}
