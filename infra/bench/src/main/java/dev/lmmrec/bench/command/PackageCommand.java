package dev.lmmrec.bench.command;

import dev.lmmrec.bench.archive.ArchiveRun;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.process.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code package}: the zip of the scoring function that starts fast. */
@Command(
        name = "package",
        mixinStandardHelpOptions = true,
        description = "Makes functions/scoring/target/function-fast.zip: the scoring function with an archive of its"
                + " classes, for the very Java that runs this command.")
final class PackageCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path target = RepositoryRoot.above(Path.of("").toAbsolutePath()).resolve(ServingCommand.FAST_ZIP);
        Path folder = Files.createTempDirectory("lmmrec-package");
        ArchiveRun.make(folder, target);
        Folders.delete(folder);
        spec.commandLine()
                .getOut()
                .println(target + " (" + Files.size(target) / (1024 * 1024) + " MiB) is for Java " + Runtime.version());
        return ExitCode.OK;
    }
}
