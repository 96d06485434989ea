package dev.lmmrec.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the test class path in a JVM of its own, which can be killed. */
final class ChildJvm {

    private static final int LIMIT_SECONDS = 300;

    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param main the program
     * @param properties system properties
     * @param environment variables besides those of this JVM
     * @param log gets what it prints; made new
     * @param arguments of the program
     */
    static ChildJvm start(
            Class<?> main,
            Map<String, String> properties,
            Map<String, String> environment,
            Path log,
            String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx320m"));
        properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
        for (String inherited : List.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR", "ai.djl.offline")) {
            if (System.getProperty(inherited) != null) {
                words.add("-D" + inherited + "=" + System.getProperty(inherited));
            }
        }
        words.addAll(List.of("-cp", classPath(), main.getName()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), log);
    }

    /** Surefire hands its own class path over in a property, and the system's is a jar that names it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    ChildJvm terminate() {
        process.destroy();
        return this;
    }

    /** SIGKILL. */
    ChildJvm kill() {
        process.destroyForcibly();
        return this;
    }

    /** Waits for the end, which must come; gives the exit code. */
    int end() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }
}
