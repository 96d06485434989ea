package dev.lmmrec.local.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.demo.Rehearsal;
import dev.lmmrec.local.description.Description;
import dev.lmmrec.local.description.Function;
import dev.lmmrec.local.description.Packaging;
import dev.lmmrec.local.process.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code package}: zips with a JVM and its archive of classes, of the built zips. */
@Command(
        name = "package",
        description =
                "Makes zips of the functions that bring their own JVM and an archive of what it loads, rehearsed on"
                        + " the bundled sample: they start in a part of the time. On AWS: packaging = \"jvm-aot\". Needs a"
                        + " JDK 25 or newer, and serves this machine's kind of processor.",
        mixinStandardHelpOptions = true)
public final class PackageCommand implements Callable<Integer> {

    private static final double MEBIBYTE = 1024 * 1024;
    private static final int TIMEOUT_SECONDS = 300;

    /** Six times the timeout, as the description must have it. */
    private static final int VISIBILITY_SECONDS = 6 * TIMEOUT_SECONDS;

    @Option(names = "--root", paramLabel = "DIR", description = "Root of the repository (default: found from here).")
    private Path root;

    @Spec
    private CommandSpec spec;

    /** Made by picocli. */
    public PackageCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = root == null ? RepositoryRoot.above(Path.of("").toAbsolutePath()) : root.toAbsolutePath();
        LocalSettings settings = LocalSettings.in(home).build();
        Path work = home.resolve("infra").resolve("local").resolve("target").resolve("packaging");
        Folders.delete(work);
        Files.createDirectories(work.resolve("tasks"));
        Path jre = work.resolve("jre");
        RuntimeImage.link(jre);
        Map<String, Function> functions =
                Description.read(settings.description()).functions();
        Map<String, TaskFolder> tasks = new LinkedHashMap<>();
        Path runtime = settings.servers().resolve("runtime").resolve("target").resolve("lib");
        Path recording = work.resolve("recording");
        for (Map.Entry<String, Function> function : functions.entrySet()) {
            Path zip = home.resolve(function.getValue().zip());
            Path folder = work.resolve("tasks").resolve(function.getKey());
            TaskFolder task = TaskFolder.of(zip, jre, runtime, folder);
            task.write(recording.resolve(function.getValue().zip()));
            tasks.put(function.getKey(), task);
        }
        Rehearsal.run(
                home,
                settings.toBuilder()
                        .description(recording, patient(settings.description(), recording))
                        .port(0)
                        .state(work.resolve("state"))
                        .build(),
                out);
        for (Map.Entry<String, Function> function : functions.entrySet()) {
            String name = function.getKey();
            TaskFolder task = tasks.get(name);
            String options = function.getValue().environment().getOrDefault("JAVA_TOOL_OPTIONS", "");
            task.archive(
                    work.resolve("state").resolve("functions").resolve(name),
                    options.isBlank() ? List.of() : List.of(options.split(" ")));
            Path zip = home.resolve(Packaging.JVM_AOT.zip(function.getValue().zip()));
            task.write(zip);
            out.println(String.format(
                    Locale.ROOT, "%-10s %s, %.0f MB", name, home.relativize(zip), Files.size(zip) / MEBIBYTE));
        }
        return 0;
    }

    /** The description with more time for each invocation: to record takes longer than to serve. */
    private static Path patient(Path description, Path folder) throws IOException {
        ObjectMapper json = new JsonMapper();
        JsonNode described = json.readTree(description.toFile());
        described.path("functions").forEach(function -> ((ObjectNode) function).put("timeoutSeconds", TIMEOUT_SECONDS));
        described.path("queues").forEach(queue -> ((ObjectNode) queue)
                .put("visibilityTimeoutSeconds", VISIBILITY_SECONDS));
        Path patient = folder.resolve(description.getFileName());
        json.writeValue(patient.toFile(), described);
        return patient;
    }
}
