package dev.lmmrec.reading.label;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data folder beside the repository, wherever the test was started; it need not exist. */
public final class SharedData {

    private SharedData() {}

    /**
     * Where it is.
     *
     * @return the folder, or where it would be expected
     */
    public static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/data/motives"))) {
            at = at.getParent();
        }
        return at == null ? Path.of("../shared/data") : at.resolve("shared/data");
    }

    /**
     * Labelled reviews; the test is skipped where there are none.
     *
     * @param motives name of the file of motives
     * @param reviews name of the folder of reviews
     * @return all of them
     * @throws IOException if they cannot be read
     */
    public static List<LabelledReview> labelled(String motives, String reviews) throws IOException {
        Path file = folder().resolve("motives/" + motives + ".jsonl.gz");
        assumeTrue(Files.exists(file), "skipped: no labelled reviews at " + file);
        return new LabelFile(file).read(Optional.of(folder().resolve(reviews + "/reviews.jsonl.gz")));
    }
}
