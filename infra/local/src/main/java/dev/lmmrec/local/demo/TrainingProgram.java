package dev.lmmrec.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The training jar as a process of its own, as a batch job runs it; its lines and bars go to our terminal. */
final class TrainingProgram {

    private static final String JAR = "training/target/lmmrec-training.jar";

    private final ObjectMapper json = new JsonMapper();
    private final Path root;
    private final Map<String, String> environment;

    TrainingProgram(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /**
     * Runs a command to its end.
     *
     * @param arguments the command and its options
     * @throws LocalException if it fails; it has said why on standard error
     */
    void run(List<String> arguments) throws IOException, InterruptedException {
        Path jar = root.resolve(JAR);
        if (!Files.isRegularFile(jar)) {
            throw new LocalException("no " + jar + ": run ./mvnw package");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-DDJL_CACHE_DIR=" + root.resolve(".lmmrec").resolve("djl"),
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        // its threads must not spin while they wait: the cores are shared with the deployment
        builder.environment().put("OMP_WAIT_POLICY", "passive");
        Process process = builder.start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new LocalException("'" + arguments.get(0) + "' failed with status " + status);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Runs a command that can report, and reads the report.
     *
     * @param arguments the command and its options, without {@code --json}
     * @return what it wrote with {@code --json}
     * @throws LocalException if it fails; it has said why on standard error
     */
    JsonNode report(List<String> arguments) throws IOException, InterruptedException {
        Path file = Files.createTempFile("lmmrec", ".json");
        try {
            List<String> reporting = new ArrayList<>(arguments);
            reporting.addAll(List.of("--json", file.toString()));
            run(reporting);
            return json.readTree(file.toFile());
        } finally {
            Files.delete(file);
        }
    }
}
