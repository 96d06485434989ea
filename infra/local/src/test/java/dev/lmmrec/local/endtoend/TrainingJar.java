package dev.lmmrec.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The training program as a process of its own, as a batch job runs it. */
final class TrainingJar {

    private static final long MINUTES_MAX = 5;

    private final Path root;
    private final Path log;
    private final Map<String, String> environment;

    TrainingJar(Path root, Path log, Map<String, String> environment) {
        this.root = root;
        this.log = log;
        this.environment = environment;
    }

    /** Runs a command to its end; fails the test with the log's place if it fails. */
    void run(String... arguments) throws IOException, InterruptedException {
        Path jar = root.resolve("training/target/lmmrec-training.jar");
        assertThat(jar).as("the training jar; run ./mvnw package").isRegularFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-DDJL_CACHE_DIR=" + root.resolve(".lmmrec").resolve("djl"),
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                    .as("'%s' still ran after %d minutes; see %s", arguments[0], MINUTES_MAX, log)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("status of '%s'; its output is at the end of %s:%n%s", arguments[0], log, Files.readString(log))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
