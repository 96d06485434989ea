package dev.lmmrec.training.cli;

import dev.lmmrec.core.queue.ReviewsNotSentException;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.run.PromotionRefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** The command line of training. */
@Command(
        name = "lmmrec",
        mixinStandardHelpOptions = true,
        version = "lmmrec 0.1.0",
        description = "Trains, measures and promotes recommendation models.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the last line on standard error says why", "2:wrong usage"})
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    /**
     * Runs one command.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        NativeEngine.configure();
        System.exit(commandLine(Clients.fromEnvironment()).execute(arguments));
    }

    /**
     * All commands.
     *
     * @param clients where rows come from and artefacts go
     * @return ready to execute
     */
    static CommandLine commandLine(Clients clients) {
        return new CommandLine(new Main())
                .addSubcommand(new ImportCommand())
                .addSubcommand(new ForgetCommand(clients))
                .addSubcommand(new ExportCommand(clients))
                .addSubcommand(new EmbedCommand())
                .addSubcommand(new DistilCommand())
                .addSubcommand(new ExtractCommand())
                .addSubcommand(new ExtractEvalCommand())
                .addSubcommand(new TrainCommand(clients))
                .addSubcommand(new EvaluateCommand(clients))
                .addSubcommand(new ExplainEvalCommand(clients))
                .addSubcommand(new ExperimentCommand())
                .addSubcommand(new ValidateCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new PromoteCommand(clients))
                .addSubcommand(new RollbackCommand(clients))
                .addSubcommand(new ReproduceCommand(clients))
                // what follows the command's name is the command's
                .addSubcommand(new CommandLine(new JobCommand(clients)).setStopAtPositional(true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> failure(e, command));
    }

    static int failure(Exception e, CommandLine command) throws Exception {
        if (e instanceof RefusedInputException
                || e instanceof DamagedArtefactException
                || e instanceof PromotionRefusedException
                || e instanceof IOException
                || e instanceof UncheckedIOException
                || e instanceof ReviewsNotSentException
                || e instanceof IllegalStateException
                || e instanceof SdkException) {
            PrintWriter err = command.getErr();
            err.println("lmmrec " + command.getCommandName() + ": " + describe(e));
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }

    private static String describe(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file: " + e.getMessage();
        }
        if (e instanceof FileAlreadyExistsException) {
            return "exists already: " + e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "no access to " + e.getMessage();
        }
        return String.valueOf(e.getMessage());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
