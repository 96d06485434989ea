package dev.lmmrec.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.probe.ProbeZip;
import dev.lmmrec.local.process.ClaimedFolder;
import dev.lmmrec.local.process.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, as a person runs it. */
class UpCommandIT {

    private static final Duration MAX = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private Process process;

    @BeforeEach
    void makeRepository() throws IOException {
        Path local = Files.createDirectories(root.resolve("infra").resolve("local"));
        Files.createSymbolicLink(local.resolve("servers"), Path.of("servers").toAbsolutePath());
        try (var in = LocalDeployment.class.getResourceAsStream("probe-deployment.json")) {
            Files.copy(in, root.resolve("infra").resolve("deployment.json"));
        }
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void up(String... more) throws IOException {
        String classPath = "target/classes" + File.pathSeparator + "target/lib/*";
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Main.class.getName(),
                "up",
                "--root",
                root.toString()));
        command.addAll(List.of(more));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("out").toFile())
                .start();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + MAX.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited %s", MAX).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private boolean told(String line) {
        try {
            return Files.readString(root.resolve("out")).contains(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> upWithChildren() throws Exception {
        ProbeZip.write(root);
        up("--port", "0");
        Path addresses = root.resolve(".lmmrec").resolve("local.env");
        await(() -> Files.exists(addresses) || !process.isAlive());
        assertThat(addresses).exists().content().contains("PROBE_API_URL=http://localhost:");
        List<ProcessHandle> children = process.toHandle().descendants().toList();
        assertThat(children).hasSize(3);
        return children;
    }

    @Test
    void up_thatIsKilled_leavesNoProcessBehind() throws Exception {
        List<ProcessHandle> children = upWithChildren();

        process.destroyForcibly();

        await(() -> children.stream().noneMatch(UpCommandIT::runs));
    }

    @Test
    void up_thatIsAskedToEnd_removesItsAddressesAndEndsItsProcesses() throws Exception {
        List<ProcessHandle> children = upWithChildren();
        await(() -> told("Ctrl-C ends it."));
        assertThat(root.resolve("out"))
                .content()
                .containsPattern("page +http://localhost:\\d+/")
                .contains("none asked for: whoever reaches this port may do everything");

        process.destroy();

        assertThat(process.waitFor(MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(root.resolve(".lmmrec").resolve("local.env")).doesNotExist();
        assertThat(children).noneMatch(UpCommandIT::runs);
    }

    @Test
    void up_withAnIssuerAndNobodyItsTokensAreFor_isRefused() throws Exception {
        up("--port", "0", "--issuer", "https://issuer.test/");

        assertThat(process.waitFor(MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(root.resolve("out")).content().contains("--audience");
    }

    @Test
    void up_withTheFolderOfADeploymentThatIsUp_isRefused_andDeletesNothing() throws Exception {
        Path state = root.resolve("shared");
        try (ClaimedFolder ofAnother = Folders.claim(state)) {
            Path log = Files.createFile(
                    Files.createDirectories(ofAnother.path().resolve("logs")).resolve("scoring.log"));

            up("--port", "0", "--state", state.toString());

            assertThat(process.waitFor(MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(root.resolve("out")).content().contains(state.toString(), "end that one or name another folder");
            assertThat(log).exists();
        }
    }

    /** Where nobody collects orphans a dead one keeps its entry, but no command. */
    private static boolean runs(ProcessHandle child) {
        return child.isAlive() && child.info().command().isPresent();
    }

    @Test
    void up_withoutZips_saysWhatToRun() throws Exception {
        up("--port", "0");

        assertThat(process.waitFor(MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(root.resolve("out"))
                .content()
                .contains("the zip of function worker is missing")
                .contains("run ./mvnw package");
    }
}
