package dev.lmmrec.local.demo;

import dev.lmmrec.local.EndSignal;
import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.Tenancy;
import dev.lmmrec.local.description.Packaging;
import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.replay.ReplayServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the main job on the bundled sample or on the user's own reviews. */
@Command(
        name = "demo",
        description = "Starts the deployment, imports reviews, extracts motivations, builds profiles, trains, promotes,"
                + " and prints explained recommendations for a few users.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    static final String SAMPLE = "models/sample/reviews.jsonl";
    private static final String LABELLED = "../shared/data/musical-instruments/reviews.jsonl.gz";
    private static final String LABELS = "../shared/data/motives";

    @Option(names = "--reviews", paramLabel = "FILE", description = "Your own reviews (default: the bundled sample).")
    private Path reviews;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "How FILE is written; see import --help (${DEFAULT-VALUE}).")
    private String format;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Who finds the motivations: embedded (default), or replay, which answers in the place of a"
                    + " language model with labels (reviews by default: ../shared/data/musical-instruments).")
    private Provider provider = Provider.EMBEDDED;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "What replay answers, one labelled review a line (default: ../shared/data/motives/FOLDER.jsonl.gz,"
                            + " FOLDER being that of the reviews).")
    private Path labels;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the whole outcome as JSON.")
    private Path report;

    @Option(names = "--keep", description = "Leave the API up until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the HTTP API, 0 for any (${DEFAULT-VALUE}); any free one is taken without --keep.")
    private int port;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "A user to recommend to; repeatable (default: three with many, some and few reviews).")
    private List<String> users = new ArrayList<>();

    @Option(names = "-k", defaultValue = "5", description = "How many items each user gets (${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--packaging",
            defaultValue = "jvm",
            paramLabel = "FORM",
            description = "Which zips of the functions are run: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Packaging packaging;

    @Option(names = "--root", paramLabel = "DIR", description = "Root of the repository (default: found from here).")
    private Path root;

    @Spec
    private CommandSpec spec;

    /** Who finds the motivations. */
    private enum Provider {
        EMBEDDED,
        REPLAY
    }

    /** Made by picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = root == null ? RepositoryRoot.above(Path.of("").toAbsolutePath()) : root.toAbsolutePath();
        Path file = reviews == null ? home.resolve(defaultReviews()).normalize() : reviews.toAbsolutePath();
        if (!Files.isReadable(file)) {
            throw new LocalException("cannot read " + file + ": give the path of a file of reviews to --reviews");
        }
        if (provider == Provider.REPLAY) {
            try (ReplayServer replay = ReplayServer.start(file, labelsOf(home, file))) {
                run(home, file, replay.environment(), out);
                out.println("replay     " + replay.answered() + " reviews answered with labels, " + replay.unlabelled()
                        + " without a label and so left to the embedded extractor");
            }
        } else {
            run(home, file, Map.of(), out);
        }
        return 0;
    }

    private String defaultReviews() {
        return provider == Provider.REPLAY ? LABELLED : SAMPLE;
    }

    private Path labelsOf(Path home, Path file) {
        if (labels != null) {
            return labels.toAbsolutePath();
        }
        return home.resolve(LABELS)
                .resolve(file.getParent().getFileName() + ".jsonl.gz")
                .normalize();
    }

    private void run(Path home, Path file, Map<String, String> environment, PrintWriter out)
            throws IOException, InterruptedException {
        try (Tenancy tenancy = Tenancy.of(home);
                Demo demo = Demo.start(
                        home,
                        LocalSettings.in(home)
                                .packaging(packaging)
                                .port(keep ? port : 0)
                                .state(tenancy.state())
                                .environment(environment)
                                .build(),
                        new Terminal(out))) {
            Outcome outcome = demo.run(file, format, users, k);
            if (report != null) {
                outcome.write(report);
                out.println("report: " + report);
            }
            if (keep) {
                stay(demo.deployment(), tenancy, outcome, out);
            }
        }
    }

    private static void stay(LocalDeployment deployment, Tenancy tenancy, Outcome outcome, PrintWriter out)
            throws IOException, InterruptedException {
        // the process may go once the signal is closed, so what must be cleared away is closed before it
        try (EndSignal end = EndSignal.listen();
                tenancy;
                deployment) {
            tenancy.publish(deployment.environment());
            String userId = outcome.users().get(0).path("userId").asText();
            out.println("The page is at " + deployment.api() + "/?user="
                    + URLEncoder.encode(userId, StandardCharsets.UTF_8));
            out.println("The API is up at " + deployment.api() + "; try");
            out.println("  curl '" + deployment.api() + "/v1/users/" + userId + "/recommendations?k=3'");
            out.println("Ctrl-C ends it.");
            out.flush();
            end.await();
        }
    }
}
