package dev.lmmrec.training.cli;

import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.ConfigurationFile;
import dev.lmmrec.training.configuration.ConfigurationFile.Reading;
import dev.lmmrec.training.configuration.Problem;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.experiment.ConfigurationCheck;
import dev.lmmrec.training.experiment.ConfigurationCheck.Checked;
import dev.lmmrec.training.experiment.Wrappings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: all mistakes of a configuration at once. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Lists all mistakes of a configuration at once, with line, field and what is allowed; the data"
                + " are read as well.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no mistakes", "1:mistakes, one a line on standard error", "2:wrong usage"})
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", arity = "0..1", description = "The configuration, YAML.")
    private Path file;

    @Option(names = "--example", description = "Print a configuration with every field, and nothing else.")
    private boolean example;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (example) {
            out.print(ConfigurationFile.EXAMPLE);
            out.flush();
            return 0;
        }
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "name a CONFIG, or give --example");
        }
        Reading reading = ConfigurationFile.read(file);
        Checked checked = new ConfigurationCheck(new Catalogue(), new Wrappings()).check(reading.configuration());
        List<Problem> problems = reading.isReadable() ? reading.with(checked.problems()) : reading.problems();
        if (!problems.isEmpty()) {
            report(file, problems, spec.commandLine().getErr());
            return 1;
        }
        out.println(file + " is valid: " + checked.source().map(Source::summary).orElse("no data"));
        out.flush();
        return 0;
    }

    /** One mistake a line. */
    static void report(Path file, List<Problem> problems, PrintWriter err) {
        problems.forEach(problem -> err.println(file + ": " + problem));
        err.println(problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes");
        err.flush();
    }
}
