package dev.lmmrec.training.experiment;

import dev.lmmrec.training.provenance.BuildCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a study is computed.
 *
 * @param machine processor, cores and Java
 * @param commit of the program
 * @param command what was typed
 */
public record Host(String machine, String commit, String command) {

    /**
     * This machine.
     *
     * @param command what was typed
     * @return where this program runs
     */
    public static Host here(String command) {
        return new Host(
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version(),
                BuildCommit.ofThisProgram(),
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
