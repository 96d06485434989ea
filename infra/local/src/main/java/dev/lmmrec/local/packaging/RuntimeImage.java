package dev.lmmrec.local.packaging;

import dev.lmmrec.local.failure.LocalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** The Java that runs us, cut down to the modules that functions use. */
final class RuntimeImage {

    /** The first one whose archive also holds classes that are linked already. */
    static final int FEATURE_MIN = 25;

    private static final List<String> MODULES = List.of(
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.security.jgss",
            "java.sql",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private RuntimeImage() {}

    /**
     * Links it.
     *
     * @param folder where to, must not be there
     * @throws LocalException if this Java is too old or is no JDK
     */
    static void link(Path folder) {
        if (Runtime.version().feature() < FEATURE_MIN) {
            throw new LocalException("packages with a JVM need a JDK " + FEATURE_MIN + " or newer, this is "
                    + Runtime.version() + ": set JAVA_HOME to one");
        }
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new LocalException(
                        System.getProperty("java.home") + " has no jlink: set JAVA_HOME to a whole JDK"));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = jlink.run(
                out,
                out,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                "--compress",
                "zip-6",
                "--vm",
                "server",
                "--output",
                folder.toString());
        if (status != 0) {
            throw new LocalException("jlink failed with status " + status + ": " + said);
        }
    }
}
