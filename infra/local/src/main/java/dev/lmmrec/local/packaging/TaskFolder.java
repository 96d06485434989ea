package dev.lmmrec.local.packaging;

import dev.lmmrec.local.process.Folders;
import dev.lmmrec.local.runtime.FunctionZip;
import dev.lmmrec.local.runtime.RuntimeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What will be a function's folder on Lambda: {@code bootstrap}, the JVM in {@code jre}, and jars only, for of nothing
 * else can classes be archived. Native libraries lie beside the JVM's executable, from where they are loaded
 * ({@code NativeLibraries}), and not in jars, from where each start would unpack them.
 */
final class TaskFolder {

    /** The archive of classes, made after the rehearsal. */
    static final String ARCHIVE = "function.aot";

    /** What a rehearsal records. */
    static final String RECORD = "function.aotconf";

    private static final String OPTIONS = "options";

    /**
     * Whatever the deployment tells the JVM, both compilers: where nearly all classes come ready, the better one costs
     * little at a start, if nothing was recorded for it. A record that was made with it has it busy at once.
     */
    private static final String COMPILERS = "-XX:TieredStopAtLevel=4";

    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /**
     * All files are of one time, even in seconds as zips have it: the JVM refuses an archive of jars of another time.
     */
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    /** Native libraries as ONNX Runtime and the tokenizers have them in their jars. */
    private static final Pattern NATIVE = Pattern.compile("(ai/onnxruntime/native|native/lib)/[^/]+/.+");

    private final Path folder;

    private TaskFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Lays it out.
     *
     * @param zip the function's zip of jars
     * @param jre a JVM, see {@link RuntimeImage}
     * @param runtime the Lambda runtime interface client's jars
     * @param folder where to, must not be there
     * @return the folder, whose bootstrap records
     * @throws IOException if a file cannot be read or written
     */
    static TaskFolder of(Path zip, Path jre, Path runtime, Path folder) throws IOException {
        Path unpacked = folder.resolveSibling(folder.getFileName() + "-unpacked");
        FunctionZip.unpack(zip, unpacked);
        Path lib = Files.createDirectories(folder.resolve("lib"));
        copyTree(jre, folder.resolve("jre"));
        Path bin = folder.resolve("jre").resolve("bin");
        for (Path jar : files(unpacked.resolve("lib"))) {
            copyWithoutNatives(jar, lib.resolve(jar.getFileName()), bin);
        }
        Folders.delete(unpacked.resolve("lib"));
        jar(unpacked, lib.resolve("function.jar"));
        Folders.delete(unpacked);
        Path client = Files.createDirectories(folder.resolve("runtime"));
        for (Path jar : files(runtime)) {
            Files.copy(jar, client.resolve(jar.getFileName()));
        }
        RuntimeLibrary.unpack(runtime, bin);
        TaskFolder task = new TaskFolder(folder);
        task.writeOptions();
        task.writeBootstrap("-XX:AOTMode=record -XX:AOTConfiguration=" + RECORD);
        return task;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Copies a jar, and lays this machine's native libraries beside the JVM's executable instead. */
    private static void copyWithoutNatives(Path jar, Path to, Path bin) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            if (in.stream().noneMatch(entry -> NATIVE.matcher(entry.getName()).matches())) {
                Files.copy(jar, to);
                return;
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
                for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    try (InputStream bytes = in.getInputStream(entry)) {
                        if (!NATIVE.matcher(entry.getName()).matches()) {
                            out.putNextEntry(new JarEntry(entry.getName()));
                            bytes.transferTo(out);
                        } else if (isOfThisMachine(entry.getName())) {
                            Files.copy(
                                    bytes, bin.resolve(Path.of(entry.getName()).getFileName()));
                        }
                    }
                }
            }
        }
    }

    private static boolean isOfThisMachine(String entry) {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return entry.endsWith(".so")
                && (entry.startsWith("ai/onnxruntime/native/linux-" + (arm ? "aarch64" : "x64") + "/")
                        || entry.startsWith("native/lib/linux-" + (arm ? "aarch64" : "x86_64") + "/cpu/"));
    }

    private static void jar(Path classes, Path to) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
    }

    /** The class path is relative, so that it is the same wherever the folder is. */
    private void writeOptions() throws IOException {
        try (Stream<Path> runtime = files(folder.resolve("runtime")).stream();
                Stream<Path> lib = files(folder.resolve("lib")).stream()) {
            String classPath = Stream.concat(runtime, lib)
                    .map(jar -> folder.relativize(jar).toString())
                    .collect(Collectors.joining(":"));
            Files.writeString(folder.resolve(OPTIONS), "-cp " + classPath + "\n");
        }
    }

    private void writeBootstrap(String archiving) throws IOException {
        Path bootstrap = folder.resolve("bootstrap");
        Files.writeString(bootstrap, """
                #!/bin/sh
                # What Lambda starts on provided.al2023: this function on the JVM beside it.
                cd "$LAMBDA_TASK_ROOT" || exit 1
                exec jre/bin/java %s "-D%s=$PWD/jre/bin/%s" @%s %s "$_HANDLER"
                """.formatted(
                archiving, RuntimeLibrary.NATIVE_LIBRARY_PROPERTY, RuntimeLibrary.NATIVE_LIBRARY, OPTIONS, MAIN));
        Files.setPosixFilePermissions(bootstrap, EXECUTABLE);
    }

    /**
     * Makes the archive of what a rehearsal recorded.
     *
     * @param rehearsed a copy of this folder in which the rehearsal was
     * @param options JVM options of the function
     * @throws IOException if it cannot be made
     * @throws InterruptedException if the caller is interrupted
     */
    void archive(Path rehearsed, List<String> options) throws IOException, InterruptedException {
        Path log = folder.resolveSibling(folder.getFileName() + "-archive.log");
        List<String> command = Stream.of(
                        Stream.of(folder.resolve("jre")
                                .resolve("bin")
                                .resolve("java")
                                .toString()),
                        options.stream(),
                        Stream.of(
                                "-XX:AOTMode=create",
                                "-XX:AOTConfiguration=" + RECORD,
                                "-XX:AOTCache=" + folder.resolve(ARCHIVE),
                                "@" + OPTIONS))
                .flatMap(part -> part)
                .toList();
        int status = new ProcessBuilder(command)
                .directory(rehearsed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(
                    "the archive of " + folder.getFileName() + " was not made, status " + status + "; see " + log);
        }
        writeBootstrap("-XX:AOTCache=" + ARCHIVE + " " + COMPILERS);
    }

    /**
     * Writes the deployment package.
     *
     * @param zip is replaced
     * @throws IOException if it cannot be written
     */
    void write(Path zip) throws IOException {
        Files.createDirectories(zip.getParent());
        Files.deleteIfExists(zip);
        URI uri = URI.create("jar:" + zip.toUri());
        try (FileSystem files =
                        FileSystems.newFileSystem(uri, Map.of("create", "true", "enablePosixFileAttributes", "true"));
                Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                Path entry = files.getPath("/" + folder.relativize(file));
                Files.createDirectories(entry.getParent());
                Files.copy(file, entry);
                Files.setPosixFilePermissions(entry, Files.isExecutable(file) ? EXECUTABLE : READABLE);
                Files.setLastModifiedTime(entry, TIME);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
