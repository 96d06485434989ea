package dev.lmmrec.training.cli;

import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.Pointer;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promote}: makes a version the one that is used. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description =
                "Verifies a published version and makes it the one that functions use, unless its held-out metric is"
                        + " worse than the current version's.")
final class PromoteCommand implements Callable<Integer> {

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            description = "The version; default: the one that was trained last.")
    private String version;

    @Mixin
    private PromotionOptions options;

    PromoteCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        options.check(spec.commandLine());
        Pointer pointer = clients.withArtefacts(artefacts -> {
            String chosen = version != null
                    ? version
                    : artefacts
                            .latest()
                            .orElseThrow(() -> new IOException("there is no version in "
                                    + artefacts.objects().location() + "; train first"));
            return options.promote(new ArtefactRepository(artefacts.objects(), Clock.systemUTC()), chosen);
        });
        spec.commandLine().getOut().println(describe(pointer));
        return 0;
    }

    static String describe(Pointer pointer) {
        return "current: " + pointer.version() + ", before: "
                + (pointer.previous() == null ? "none" : pointer.previous()) + ", promoted at " + pointer.promotedAt();
    }
}
