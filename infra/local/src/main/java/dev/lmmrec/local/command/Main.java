package dev.lmmrec.local.command;

import dev.lmmrec.local.demo.DemoCommand;
import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.packaging.PackageCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the jar. */
@Command(
        name = "lmmrec",
        description = "The deployment on one machine.",
        subcommands = {DemoCommand.class, UpCommand.class, PackageCommand.class, CostsCommand.class},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all went well", "1:something is missing, wrong or in use", "2:the command line is wrong"})
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Made by picocli. */
    public Main() {}

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

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
