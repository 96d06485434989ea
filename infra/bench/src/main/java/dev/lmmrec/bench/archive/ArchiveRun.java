package dev.lmmrec.bench.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lmmrec.bench.serving.ServingSystem;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.models.DamagedArtefactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the archive of classes by watching the function at work: it loads an artefact, ranks, explains, is ended, and
 * the JVM writes down what it had loaded.
 */
public final class ArchiveRun {

    private static final int ITEMS = 200;
    private static final int REQUESTS = 40;
    private static final long SEED = 1;
    private static final int AOT_SINCE = 25;
    private static final long ARCHIVE_SECONDS_MAX = 180;

    private ArchiveRun() {}

    /**
     * Makes the whole zip for the Java that runs this.
     *
     * @param folder for working files, empty
     * @param target is replaced
     * @return the zip with its archive
     * @throws IOException if something cannot be read or written, or no archive came out
     * @throws InterruptedException if the caller is interrupted
     * @throws DamagedArtefactException never, for the artefact was written just now
     */
    public static FastZip make(Path folder, Path target)
            throws IOException, InterruptedException, DamagedArtefactException {
        Path root = RepositoryRoot.above(Path.of("").toAbsolutePath());
        FastZip zip = FastZip.layOut(
                root.resolve("functions/scoring/target/function.zip"),
                root.resolve("infra/local/servers/runtime/target/lib"),
                target);
        boolean aot = Runtime.version().feature() >= AOT_SINCE;
        Path archive = folder.resolve(aot ? "start.aot" : "start.jsa").toAbsolutePath();
        String option = (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive;
        try (ServingSystem system = ServingSystem.start(
                folder.resolve("system"),
                description(root, zip, folder),
                ITEMS,
                Map.of("LMMREC_ARCHIVE_OPTION", option),
                SEED)) {
            for (int request = 0; request < REQUESTS; request++) {
                system.ask(request);
            }
            end(system.functionProcess());
        }
        if (!Files.isRegularFile(archive)) {
            throw new IOException("the function wrote no " + archive + "; see " + folder);
        }
        zip.add(archive);
        return zip;
    }

    /**
     * The deployment with this zip in place of the function's own.
     *
     * @param root the repository
     * @param zip the zip
     * @param folder where the description is written
     * @return the description
     * @throws IOException if it cannot be read or written
     */
    public static Path description(Path root, FastZip zip, Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode whole =
                (ObjectNode) json.readTree(root.resolve("infra/deployment.json").toFile());
        ObjectNode scoring = (ObjectNode) whole.at("/functions/scoring");
        scoring.put("zip", zip.file().toAbsolutePath().toString());
        ((ObjectNode) scoring.get("environment")).put("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/start");
        Path file = folder.resolve("deployment.json");
        json.writeValue(file.toFile(), whole);
        return file;
    }

    /** Asks the process to end and waits while it writes. */
    private static void end(ProcessHandle process) throws IOException, InterruptedException {
        process.destroy();
        try {
            process.onExit().get(ARCHIVE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the function has not ended after " + ARCHIVE_SECONDS_MAX + " s", e);
        }
    }
}
