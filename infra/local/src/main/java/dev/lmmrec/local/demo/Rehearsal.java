package dev.lmmrec.local.demo;

import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The main job on the bundled sample, after which the functions' processes end in their own time. */
public final class Rehearsal {

    private static final int K = 5;

    /** A process that is ended earlier would lose what it records. */
    private static final Duration IDLE_MAX = Duration.ofHours(1);

    private static final Duration END_MAX = Duration.ofMinutes(5);

    private Rehearsal() {}

    /**
     * Runs it. What the functions' processes write into their folders is in {@code functions/NAME} of the state then.
     *
     * @param root of the repository
     * @param settings of the deployment, with a folder for its state
     * @param out is told of each stage
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the caller is interrupted
     * @throws LocalException if a stage fails or a process does not end
     */
    public static void run(Path root, LocalSettings settings, PrintWriter out)
            throws IOException, InterruptedException {
        LocalSettings unhurried =
                settings.toBuilder().environmentIdleMax(IDLE_MAX).build();
        try (Demo demo = Demo.start(root, unhurried, new Terminal(out))) {
            demo.run(root.resolve(DemoCommand.SAMPLE), "auto", List.of(), K);
            endFunctions(demo.deployment());
        }
    }

    /** One after the other, for those of one function write to the same place. */
    private static void endFunctions(LocalDeployment deployment) throws InterruptedException {
        for (Map.Entry<String, Long> process : deployment.pids().entrySet()) {
            boolean isOfFunction = deployment.functionCounts().keySet().stream()
                    .anyMatch(name -> process.getKey().startsWith(name + "-"));
            ProcessHandle handle = ProcessHandle.of(process.getValue()).orElse(null);
            if (!isOfFunction || handle == null) {
                continue;
            }
            handle.destroy();
            try {
                handle.onExit().get(END_MAX.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new LocalException(
                        process.getKey() + " has not ended within " + END_MAX.toMinutes() + " minutes; its log is in "
                                + deployment.state(),
                        e);
            }
        }
    }
}
