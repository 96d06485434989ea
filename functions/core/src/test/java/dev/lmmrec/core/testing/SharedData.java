package dev.lmmrec.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data sets, which are not part of the repository: they lie in {@code shared/data} beside it, or are missing. */
public final class SharedData {

    private SharedData() {}

    /**
     * A file or folder of the real data; the test is skipped where it is missing.
     *
     * @param below its path below {@code shared/data}
     * @return where it is
     */
    public static Path find(String below) {
        Path wanted = Path.of("shared", "data").resolve(below);
        // tests start in the folder of their module or in that of the repository
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(wanted))) {
            at = at.getParent();
        }
        assumeTrue(at != null, "skipped: no " + wanted + " beside the repository");
        return at.resolve(wanted);
    }
}
