package dev.lmmrec.bench.command;

import dev.lmmrec.bench.search.SearchBench;
import dev.lmmrec.bench.search.SearchBench.Floor;
import dev.lmmrec.bench.search.SearchBench.Row;
import dev.lmmrec.bench.search.Vectors;
import dev.lmmrec.bench.serving.OpenLoad;
import dev.lmmrec.bench.serving.RequestBench;
import dev.lmmrec.bench.serving.ServingSystem;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.description.Packaging;
import dev.lmmrec.local.process.Folders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench serving}: searches side by side, requests under load, cold starts. */
@Command(
        name = "serving",
        mixinStandardHelpOptions = true,
        description =
                "Measures how long it takes to find items, and to answer requests under load and from a cold start."
                        + " Fails if a request fails, never because of a time.")
final class ServingCommand implements Callable<Integer> {

    /** What can be measured. */
    enum Part {
        SEARCH,
        REQUESTS,
        START
    }

    private static final double P50 = 50;
    private static final double P99 = 99;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "What is measured: ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(
            names = "--items",
            split = ",",
            paramLabel = "N",
            defaultValue = "10000,30000,100000,300000,1000000",
            description = "Numbers of items to search (${DEFAULT-VALUE}). A million take minutes and 4 GB.")
    private List<Integer> items;

    @Option(
            names = "--vectors",
            split = ",",
            paramLabel = "KIND",
            defaultValue = "clustered,random",
            description = "How the vectors to search lie: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private List<Vectors> vectors;

    @Option(
            names = "--width",
            defaultValue = "64",
            paramLabel = "N",
            description = "How many numbers a vector has (${DEFAULT-VALUE}).")
    private int width;

    @Option(
            names = "--k",
            defaultValue = "20",
            paramLabel = "N",
            description = "How many items a query asks for (${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--queries",
            defaultValue = "400",
            paramLabel = "N",
            description = "Queries measured, after as many that warm up (${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--beams",
            split = ",",
            defaultValue = "100,200,400",
            paramLabel = "N",
            description = "Beams of the approximate search (${DEFAULT-VALUE}).")
    private List<Integer> beams;

    @Option(
            names = "--served-items",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Items of the artefact behind requests (${DEFAULT-VALUE}).")
    private int servedItems;

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "N",
            description = "Requests a second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "N",
            description = "How long requests are measured, after as long to warm up (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--packaging",
            defaultValue = "jvm",
            paramLabel = "FORM",
            description = "Which zips of the functions answer requests: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Packaging packaging;

    @Option(names = "--starts", defaultValue = "7", paramLabel = "N", description = "Cold starts (${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "The seed that vectors and queries are drawn by (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bench-serving",
            description = "Where the curve (PNG) and working files go (${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        say(
                "Java %s %s, %d processors, seed %d; functions: %s",
                Runtime.version(),
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
                Runtime.getRuntime().availableProcessors(),
                seed,
                packaging);
        if (only.contains(Part.SEARCH)) {
            search();
        }
        boolean sound = true;
        if (only.contains(Part.REQUESTS) || only.contains(Part.START)) {
            Path root = RepositoryRoot.above(Path.of("").toAbsolutePath());
            sound = served(root.resolve("infra/deployment.json"));
        }
        return sound ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean served(Path description) throws Exception {
        Path folder = out.resolve("lmmrec-bench-served").toAbsolutePath();
        Folders.delete(folder);
        Files.createDirectories(folder);
        boolean sound = true;
        try (ServingSystem system = ServingSystem.start(
                folder, description, packaging, servedItems, Map.of("LMMREC_ARTEFACT_LOOK_INTERVAL", "2S"), seed)) {
            RequestBench bench = new RequestBench(system);
            if (only.contains(Part.REQUESTS)) {
                sound = requests(bench);
            }
            if (only.contains(Part.START)) {
                start(bench);
            }
        }
        Folders.delete(folder);
        return sound;
    }

    private void search() throws Exception {
        SearchBench bench = new SearchBench(width, k, queries, beams, seed, line -> say("%s", line));
        List<Row> rows = new ArrayList<>();
        List<Floor> floors = new ArrayList<>();
        for (int count : items) {
            floors.add(bench.floor(count));
            for (Vectors kind : vectors) {
                Path folder = out.resolve("lmmrec-bench-artefacts");
                rows.addAll(bench.run(folder, count, kind));
                Folders.delete(folder);
            }
        }
        say("%n| items | vectors | search | p50 ms | p99 ms | processor time, p50 ms | recall@%d |", k);
        say("|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            say(
                    "| %,d | %s | %s | %.3f | %.3f | %.3f | %.4f |",
                    row.items(), row.vectors(), row.way(), row.p50(), row.p99(), row.processor(), row.recall());
        }
        say("%n| items | memory, one thread, ms | memory, all processors, ms |%n|---|---|---|");
        for (Floor floor : floors) {
            say("| %,d | %.3f | %.3f |", floor.items(), floor.oneThread(), floor.allThreads());
        }
        say("%nthe curve is in %s", Curve.write(out, rows, floors));
    }

    private boolean requests(RequestBench bench) throws Exception {
        Duration time = Duration.ofSeconds(seconds);
        bench.steady(rate, time);
        Map<String, Duration> before = bench.processor();
        OpenLoad.Outcome steady = bench.steady(rate, time);
        Map<String, Duration> after = bench.processor();
        tell("steady", steady);
        long answered = Math.max(1, steady.nanos().getTotalCount());
        say(
                "processor time a request: %s",
                after.entrySet().stream()
                        .map(spent -> String.format(
                                Locale.ROOT,
                                "%s %.2f ms",
                                spent.getKey(),
                                (double) spent.getValue()
                                                .minus(before.getOrDefault(spent.getKey(), Duration.ZERO))
                                                .toMillis()
                                        / answered))
                        .collect(Collectors.joining(", ")));
        RequestBench.Change change = bench.change(rate, time);
        tell("while artefacts change", change.load());
        say(
                "a promoted artefact answered after %.1f s; a spoilt one %s; at the end %s answered",
                change.pickUp().toMillis() / 1000.0,
                change.damagedServed() ? "ANSWERED TOO" : "never did",
                change.served().equals(change.promoted()) ? "the promoted one" : "ANOTHER ONE");
        return steady.failures().isEmpty()
                && change.load().failures().isEmpty()
                && !change.damagedServed()
                && change.served().equals(change.promoted());
    }

    private void tell(String name, OpenLoad.Outcome load) {
        say(
                "%s: %d requests at %d/s, p50 %.2f ms, p99 %.2f ms, longest %.0f ms, failed: %s",
                name,
                load.sent(),
                rate,
                load.millis(P50),
                load.millis(P99),
                load.millis(100),
                load.failures().isEmpty() ? "none" : load.failures());
    }

    private void start(RequestBench bench) throws IOException, InterruptedException {
        List<Long> wall = new ArrayList<>();
        List<Long> processor = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
            RequestBench.ColdStart cold = bench.coldStart();
            wall.add(cold.wall().toMillis());
            processor.add(cold.processor().toMillis());
        }
        say(
                "cold start to the first ranked answer: median %d ms of %s; processor time of it: median %d ms of %s",
                median(wall), wall, median(processor), processor);
    }

    private static long median(List<Long> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    private void say(String form, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, form, values));
        spec.commandLine().getOut().flush();
    }
}
