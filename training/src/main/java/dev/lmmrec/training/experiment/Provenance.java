package dev.lmmrec.training.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a study is computed.
 *
 * @param machine processor, cores and Java
 * @param commit of the program
 * @param command what was typed
 */
public record Provenance(String machine, String commit, String command) {

    /** Says which commit the program was built from. */
    public static final String COMMIT = "LMMREC_COMMIT";

    /**
     * This machine.
     *
     * @param environment may have {@link #COMMIT}, as the launcher sets it
     * @param command what was typed
     * @return where this program runs
     */
    public static Provenance here(Map<String, String> environment, String command) {
        return new Provenance(
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version(),
                environment.getOrDefault(COMMIT, "unknown"),
                command);
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            // only Linux has the file
            return System.getProperty("os.arch");
        }
    }
}
