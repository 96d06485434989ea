package dev.lmmrec.training.cli;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.RowsFile;
import dev.lmmrec.training.job.ExitCode;
import dev.lmmrec.training.provenance.BuildCommit;
import dev.lmmrec.training.provenance.Provenance;
import dev.lmmrec.training.provenance.Reproduction;
import dev.lmmrec.training.provenance.RowsFingerprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reproduce}: makes an artefact again from its manifest and compares. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = "Runs the command in an artefact's manifest again, on rows of the same fingerprint, and compares"
                + " metrics and rankings. Nothing is published.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the same came out",
            "1:failed; the last line on standard error says why",
            "2:wrong usage",
            "3:other rows, or something else came out"
        })
final class ReproduceCommand implements Callable<Integer> {

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ARTEFACT",
            description = "A folder with an artefact, or a version in the bucket that LMMREC_ARTEFACTS_BUCKET names.")
    private String which;

    @Option(
            names = {"--data", "--rows"},
            paramLabel = "FILE",
            description = "Rows of motivations as for train; default: the table that LMMREC_MOTIVATIONS_TABLE names.")
    private Path data;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "0.001",
            description = "How far a metric may be off, absolute (default: ${DEFAULT-VALUE}); rankings must be equal.")
    private double tolerance;

    ReproduceCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Reproduction reproduction;
        try {
            reproduction = new Reproduction(tolerance);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        Path work = Files.createTempDirectory("lmmrec-reproduce");
        try (Console console = new Console(spec.commandLine().getOut())) {
            Artefact artefact = find(work);
            Provenance provenance = Provenance.of(artefact.manifest());
            String found = fingerprint(console);
            if (!found.equals(provenance.rowsFingerprint())) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("lmmrec reproduce: these are other rows: "
                        + artefact.manifest().version() + " was made of "
                        + provenance.rows() + " with fingerprint " + provenance.rowsFingerprint()
                        + ", these have fingerprint " + found);
                err.flush();
                return ExitCode.GATE.number();
            }
            String commit = BuildCommit.ofThisProgram();
            if (!commit.equals(provenance.commit())) {
                console.line("note: made at commit " + provenance.commit() + ", made again at commit " + commit);
            }
            Artefact again = make(provenance, work.resolve("again"));
            return print(console, artefact, reproduction.compare(artefact, again))
                    .number();
        } finally {
            deleteAll(work);
        }
    }

    private Artefact find(Path work) throws Exception {
        if (Files.isDirectory(Path.of(which))) {
            return Artefact.open(Path.of(which));
        }
        if (!clients.hasBucket()) {
            throw new RefusedInputException("there is no folder " + which + ", and " + Clients.BUCKET
                    + " is not set, so it is no version either");
        }
        Path folder = Files.createDirectory(work.resolve("artefact"));
        return clients.withArtefacts(
                artefacts -> new ArtefactRepository(artefacts.objects(), Clock.systemUTC()).fetch(which, folder));
    }

    private String fingerprint(Console console) throws IOException, RefusedInputException {
        List<ReviewMotivations> rows = data == null ? clients.scanTable(console) : new RowsFile().read(data);
        return RowsFingerprint.of(
                Dataset.of(rows, new Dataset.Limits(0, 1, 1, null)).rows());
    }

    private Artefact make(Provenance provenance, Path out) throws Exception {
        List<String> words = new ArrayList<>(provenance.command());
        if (data != null) {
            words.add("--rows=" + data);
        }
        words.add("--out=" + out);
        words.add("--no-publish");
        StringWriter err = new StringWriter();
        int code = Main.commandLine(clients)
                .setOut(spec.commandLine().getOut())
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("the command of the manifest ended with " + code + ": " + err);
        }
        try (Stream<Path> versions = Files.list(out)) {
            return Artefact.open(versions.findFirst().orElseThrow());
        }
    }

    private static ExitCode print(Console console, Artefact artefact, List<Reproduction.Line> lines) {
        console.line("");
        console.line(String.format(Locale.ROOT, "| %-52s | %-24s | %-24s | same |", "what", "expected", "got"));
        console.line("|" + "-".repeat(54) + "|" + "-".repeat(26) + "|" + "-".repeat(26) + "|------|");
        for (Reproduction.Line line : lines) {
            console.line(String.format(
                    Locale.ROOT,
                    "| %-52s | %-24s | %-24s | %-4s |",
                    line.what(),
                    line.expected(),
                    line.got(),
                    line.same() ? "yes" : "NO"));
        }
        long different = lines.stream().filter(line -> !line.same()).count();
        console.line("");
        console.line(
                different == 0
                        ? artefact.manifest().version() + " is reproduced"
                        : artefact.manifest().version() + " is not reproduced: " + different + " of " + lines.size()
                                + " differ");
        return different == 0 ? ExitCode.DONE : ExitCode.GATE;
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
