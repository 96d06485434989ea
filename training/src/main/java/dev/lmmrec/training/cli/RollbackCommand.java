package dev.lmmrec.training.cli;

import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.Pointer;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rollback}: goes back to the version before. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Makes the version before the current one the one that functions use.")
final class RollbackCommand implements Callable<Integer> {

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    RollbackCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Pointer pointer = clients.withArtefacts(
                artefacts -> new ArtefactRepository(artefacts.objects(), Clock.systemUTC()).rollback());
        spec.commandLine().getOut().println(PromoteCommand.describe(pointer));
        return 0;
    }
}
