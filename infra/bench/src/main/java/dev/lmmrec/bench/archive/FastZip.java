package dev.lmmrec.bench.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A function's zip laid out so that its classes can be archived. Beside what the function's own zip holds there are:
 * {@code function.jar} with the classes that lie loose in it, Lambda's runtime client in {@code runtime/}, ONNX
 * Runtime's libraries in {@code native/}, the class path in their order, and {@code start}, which runs it all.
 *
 * @param file where it is
 */
public record FastZip(Path file) {

    private static final String NATIVE = "ai/onnxruntime/native/";

    /** Old enough for every kind of zip, and always the same: an archive knows its jars by their times. */
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    /**
     * Lays out a zip.
     *
     * @param plain the function's own zip
     * @param runtime the folder with the runtime client's jars
     * @param target is replaced
     * @return the zip, without an archive
     * @throws IOException if something cannot be read or written
     */
    public static FastZip layOut(Path plain, Path runtime, Path target) throws IOException {
        Files.deleteIfExists(target);
        List<String> jars = new ArrayList<>();
        try (FileSystem zip = open(target, true)) {
            jars.add("function.jar");
            jars.addAll(copyFunction(plain, zip));
            try (Stream<Path> files = Files.list(runtime)) {
                for (Path jar : files.sorted().toList()) {
                    jars.add("runtime/" + jar.getFileName());
                    put(zip, "runtime/" + jar.getFileName(), Files.readAllBytes(jar));
                }
            }
            put(zip, "classpath", String.join(":", jars).getBytes(StandardCharsets.UTF_8));
            try (InputStream start = FastZip.class.getResourceAsStream("start")) {
                put(
                        zip,
                        "start",
                        Objects.requireNonNull(start, "start is not in this jar")
                                .readAllBytes());
            }
            Files.setPosixFilePermissions(zip.getPath("start"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new FastZip(target);
    }

    /** Copies the function's own zip, its loose files into {@code function.jar} too; returns its jars, sorted. */
    private static List<String> copyFunction(Path plain, FileSystem zip) throws IOException {
        List<String> libraries = new ArrayList<>();
        ByteArrayOutputStream loose = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(plain));
                ZipOutputStream function = new ZipOutputStream(loose)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.isDirectory()) {
                    continue;
                }
                if (entry.getName().startsWith("lib/")) {
                    libraries.add(entry.getName());
                    putLibrary(zip, entry.getName(), content);
                } else {
                    put(zip, entry.getName(), content);
                    putEntry(function, entry.getName(), content);
                }
            }
        }
        put(zip, "function.jar", loose.toByteArray());
        return libraries.stream().sorted().toList();
    }

    /**
     * Adds the archive.
     *
     * @param archive made by a run of this zip
     * @throws IOException if it cannot be written
     */
    public void add(Path archive) throws IOException {
        try (FileSystem zip = open(file, false)) {
            Files.copy(archive, zip.getPath(archive.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileSystem open(Path file, boolean create) throws IOException {
        return FileSystems.newFileSystem(
                file, Map.of("create", Boolean.toString(create), "enablePosixFileAttributes", "true"));
    }

    private static void put(FileSystem zip, String name, byte[] content) throws IOException {
        Path path = zip.getPath(name);
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        Files.write(path, content);
        Files.setLastModifiedTime(path, TIME);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void putEntry(ZipOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(TIME);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    /** A jar as it is, but that libraries for Linux move out of it: it would unpack them anew at every start. */
    private static void putLibrary(FileSystem zip, String name, byte[] jar) throws IOException {
        if (!name.contains("onnxruntime")) {
            put(zip, name, jar);
            return;
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(rest)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().startsWith(NATIVE) && entry.getName().endsWith(".so")) {
                    put(zip, "native/" + entry.getName().substring(NATIVE.length()), content);
                } else if (!entry.isDirectory()) {
                    putEntry(out, entry.getName(), content);
                }
            }
        }
        put(zip, name, rest.toByteArray());
    }

    /**
     * What is in it.
     *
     * @return names of its files, sorted
     * @throws IOException if it cannot be read
     */
    public List<String> names() throws IOException {
        try (FileSystem zip = open(file, false);
                Stream<Path> files = Files.walk(zip.getPath("/"))) {
            return files.filter(Files::isRegularFile)
                    .map(path -> path.toString().substring(1))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
