package dev.lmmrec.training.fit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.file.WholeFile;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Where a run stands, in one file of a folder: a zip of {@code run.json} and lists of float arrays, so that a part that
 * is missing or damaged is found by its checksum. It is replaced as a {@link WholeFile}, so that a run killed at any
 * moment leaves the checkpoint before or the new one.
 */
public final class Checkpoints {

    /** The file's name in its folder. */
    public static final String FILE = "checkpoint.zip";

    private static final String RUN = "run.json";
    private static final ObjectMapper JSON = new JsonMapper();

    private final Path folder;
    private final Duration pause;
    private long writtenAt = System.nanoTime();

    /**
     * Keeps a checkpoint of one run, anew at every validation.
     *
     * @param folder of that run alone; made when the first checkpoint is written
     */
    public Checkpoints(Path folder) {
        this(folder, Duration.ZERO);
    }

    /**
     * Keeps a checkpoint of one run.
     *
     * @param folder of that run alone; made when the first checkpoint is written
     * @param pause how much work may be lost: no checkpoint is written sooner after the one before, but for the last
     */
    public Checkpoints(Path folder, Duration pause) {
        this.folder = folder;
        this.pause = pause;
    }

    /**
     * Everything but numbers.
     *
     * @param identity what the run is: settings and data; a checkpoint of another run is refused
     * @param epoch how many epochs are done
     * @param adamSteps how many steps Adam has taken
     * @param best the best validation so far; -1 before the first
     * @param bestEpoch its epoch
     * @param worse validations since
     * @param history all validations
     */
    record Standing(
            Map<String, String> identity,
            int epoch,
            int adamSteps,
            double best,
            int bestEpoch,
            int worse,
            List<Checkpoint> history) {}

    /**
     * A whole state.
     *
     * @param standing everything but numbers
     * @param parameters of backbone and wrapper
     * @param moments of Adam
     * @param memory of the wrapper
     * @param bestState the parameters at the best validation; empty before the first
     */
    record Saved(
            Standing standing,
            List<float[]> parameters,
            List<float[]> moments,
            List<float[]> memory,
            List<float[]> bestState) {}

    /** Whether it is time for the next. */
    boolean due() {
        return System.nanoTime() - writtenAt >= pause.toNanos();
    }

    /** Replaces the checkpoint. */
    void write(Saved saved) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve(FILE), out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(1);
                zip.putNextEntry(new ZipEntry(RUN));
                zip.write(JSON.writeValueAsBytes(saved.standing()));
                put(zip, "parameters", saved.parameters());
                put(zip, "moments", saved.moments());
                put(zip, "memory", saved.memory());
                put(zip, "best", saved.bestState());
            }
        });
        writtenAt = System.nanoTime();
    }

    /**
     * Reads the checkpoint.
     *
     * @param identity what the run is
     * @return empty if none was written
     * @throws IOException if it is damaged or of another run
     */
    Optional<Saved> read(Map<String, String> identity) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Standing standing = JSON.readValue(entry(zip, RUN), Standing.class);
            if (!standing.identity().equals(identity)) {
                throw new IOException(file + " is of another run: " + differences(standing.identity(), identity)
                        + "; give each run a folder of its own");
            }
            return Optional.of(new Saved(
                    standing, get(zip, "parameters"), get(zip, "moments"), get(zip, "memory"), get(zip, "best")));
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(file.toString())
                    ? e
                    : new IOException(file + " is damaged (" + e.getMessage() + "); delete it to begin anew", e);
        }
    }

    private static String differences(Map<String, String> found, Map<String, String> expected) {
        List<String> different = new ArrayList<>();
        expected.forEach((name, value) -> {
            if (!value.equals(found.get(name))) {
                different.add(name + " was " + found.getOrDefault(name, "not set") + " and is " + value);
            }
        });
        found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> different.add(name + " was " + found.get(name) + " and is not set"));
        return String.join(", ", different);
    }

    private static void put(ZipOutputStream zip, String name, List<float[]> arrays) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DataOutputStream out = new DataOutputStream(zip);
        out.writeInt(arrays.size());
        for (float[] array : arrays) {
            out.writeInt(array.length);
            ByteBuffer bytes = ByteBuffer.allocate(array.length * Float.BYTES);
            bytes.asFloatBuffer().put(array);
            out.write(bytes.array());
        }
        out.flush();
    }

    private static List<float[]> get(ZipFile zip, String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(entry(zip, name));
        List<float[]> arrays = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            float[] array = new float[bytes.getInt()];
            bytes.asFloatBuffer().get(array);
            bytes.position(bytes.position() + array.length * Float.BYTES);
            arrays.add(array);
        }
        return arrays;
    }

    private static byte[] entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != entry.getCrc()) {
            throw new IOException("the checksum of " + name + " is wrong");
        }
        return bytes;
    }
}
