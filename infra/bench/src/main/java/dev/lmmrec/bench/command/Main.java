package dev.lmmrec.bench.command;

import dev.lmmrec.local.failure.LocalException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the jar. */
@Command(
        name = "lmmrec",
        subcommands = Main.Bench.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all went well", "1:a request failed, or something is missing", "2:the command line is wrong"
        })
public final class Main {

    /** Made by picocli. */
    public Main() {}

    /** {@code bench}: how fast things are on this machine. */
    @Command(name = "bench", subcommands = ServingCommand.class)
    static final class Bench {}

    /**
     * Runs a command and exits with its code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof LocalException) {
                command.getErr().println("error: " + exception.getMessage());
            } else {
                exception.printStackTrace(command.getErr());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(arguments);
    }
}
