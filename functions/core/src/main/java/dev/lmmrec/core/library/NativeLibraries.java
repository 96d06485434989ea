package dev.lmmrec.core.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The native libraries that lie beside a native executable, as in its zip for Lambda: they are loaded from there.
 * Without this each start would look for them in the class path and unpack them, and an executable has them not in its
 * class path.
 */
public final class NativeLibraries {

    private static final Path EXECUTABLE = Path.of("/proc/self/exe");

    private NativeLibraries() {}

    /**
     * Names what lies beside this process' executable to those that load it, by system properties. Must come before the
     * first use of ONNX Runtime and of the tokenizers. Where nothing lies beside it, as on a JVM, nothing is changed;
     * what is already named is left as it is.
     */
    public static void useThoseBesideTheExecutable() {
        folderOf(EXECUTABLE).ifPresent(folder -> use(folder, System.getProperties()));
    }

    /** The folder of what a link leads to; empty where there is no such link, as on other systems than Linux. */
    static Optional<Path> folderOf(Path link) {
        try {
            return Optional.ofNullable(link.toRealPath().getParent());
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    static void use(Path folder, Properties properties) {
        if (Files.isRegularFile(folder.resolve("libonnxruntime.so"))) {
            properties.putIfAbsent("onnxruntime.native.path", folder.toString());
        }
        Path tokenizers = folder.resolve("libtokenizers.so");
        if (Files.isRegularFile(tokenizers)) {
            // the file, not its folder; the variable of this name counts first
            properties.putIfAbsent("RUST_LIBRARY_PATH", tokenizers.toString());
            // all is here: nothing is to be asked for over the network
            properties.putIfAbsent("ai.djl.offline", "true");
            properties.putIfAbsent("OPT_OUT_TRACKING", "true");
        }
    }
}
