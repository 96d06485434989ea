package dev.lmmrec.local.runtime;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The runtime interface client's jars and its native library. Left alone, each client unpacks that library over the
 * same file in the system's temporary folder, which kills whoever has just loaded it; on Lambda each has a machine of
 * its own.
 *
 * @param jars the folder with the jars
 * @param nativeLibrary the unpacked library for this machine
 */
public record RuntimeLibrary(Path jars, Path nativeLibrary) {

    /** What the unpacked library is called. */
    public static final String NATIVE_LIBRARY = "libaws-lambda-jni.so";

    private static final String CLIENT_JAR = "aws-lambda-java-runtime-interface-client-";
    /** Names the unpacked library to the client. */
    public static final String NATIVE_LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /**
     * Unpacks the native library.
     *
     * @param jars the folder with the jars
     * @param folder where to
     * @return jars and library
     * @throws LocalException if the jars are not built, or hold nothing for this machine
     */
    public static RuntimeLibrary unpack(Path jars, Path folder) {
        String name = "jni/libaws-lambda-jni." + platform() + ".so";
        Path library = folder.resolve(NATIVE_LIBRARY);
        try (JarFile jar = new JarFile(clientJar(jars).toFile())) {
            if (jar.getEntry(name) == null) {
                throw new LocalException("the Lambda runtime interface client holds no library for this machine ("
                        + name + "): functions run on Linux, x86_64 or aarch64");
            }
            try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LocalException("cannot unpack " + name + " from " + jars + ": " + e.getMessage(), e);
        }
        return new RuntimeLibrary(jars, library);
    }

    private static Path clientJar(Path jars) throws IOException {
        if (Files.isDirectory(jars)) {
            try (Stream<Path> files = Files.list(jars)) {
                List<Path> found = files.filter(
                                file -> file.getFileName().toString().startsWith(CLIENT_JAR))
                        .toList();
                if (found.size() == 1) {
                    return found.get(0);
                }
                if (found.size() > 1) {
                    throw new LocalException(jars + " holds several versions of one jar: run ./mvnw clean package");
                }
            }
        }
        throw new LocalException(jars + " is missing or empty: run ./mvnw package");
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        if (!system.equals("linux")) {
            return system.replace(' ', '-') + "-" + machine;
        }
        String loader = machine.equals("x86_64") ? "x86_64" : "aarch64";
        boolean musl = Files.exists(Path.of("/lib/ld-musl-" + loader + ".so.1"));
        return (musl ? "linux_musl-" : "linux-") + machine;
    }

    List<String> options() {
        return List.of("-D" + NATIVE_LIBRARY_PROPERTY + "=" + nativeLibrary);
    }
}
