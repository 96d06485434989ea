package dev.lmmrec.training.provenance;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** The commit that a jar was built from, as the build wrote it into the jar's manifest. */
public final class BuildCommit {

    /** What is said of code that was built outside a repository, or that does not come from a jar. */
    public static final String UNKNOWN = "unknown";

    private static final String COMMIT = "Commit";
    private static final String DIRTY = "Commit-Dirty";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40,64}");

    private BuildCommit() {}

    /**
     * The commit of this program.
     *
     * @return its hash, with {@code -dirty} behind it if there were changes that no commit has, or {@link #UNKNOWN}
     */
    public static String ofThisProgram() {
        CodeSource source = BuildCommit.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? UNKNOWN : of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * The commit of a jar.
     *
     * @param code a jar, or a folder of classes
     * @return as {@link #ofThisProgram()}
     * @throws IOException if the file is no jar
     */
    static String of(Path code) throws IOException {
        if (!Files.isRegularFile(code)) {
            return UNKNOWN;
        }
        try (JarFile jar = new JarFile(code.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? UNKNOWN : of(manifest.getMainAttributes());
        }
    }

    private static String of(Attributes attributes) {
        String commit = attributes.getValue(COMMIT);
        // without a repository the build leaves the name of its property here
        if (commit == null || !HASH.matcher(commit).matches()) {
            return UNKNOWN;
        }
        return Boolean.parseBoolean(attributes.getValue(DIRTY)) ? commit + "-dirty" : commit;
    }
}
