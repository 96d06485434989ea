package dev.lmmrec.training.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast things are on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures speed on this machine.",
        // the launcher takes it to the module that has it
        footer =
                "%n./lmmrec bench serving measures how fast items are found and requests are answered; see its --help.",
        subcommands = BenchTrainingCommand.class)
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to measure: training, or serving");
    }
}
