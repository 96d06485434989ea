package dev.lmmrec.local.runtime;

import dev.lmmrec.local.failure.LocalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A deployment package, unpacked under the limits Lambda sets. */
public final class FunctionZip {

    private static final long UNPACKED_BYTES_MAX = 250L * 1024 * 1024;

    private FunctionZip() {}

    /**
     * Unpacks a zip.
     *
     * @param zip the deployment package
     * @param folder where to; made if it is not there
     * @throws LocalException if the zip is missing, too large or names files outside the folder
     */
    public static void unpack(Path zip, Path folder) {
        if (!Files.isRegularFile(zip)) {
            throw new LocalException(zip + " is missing: run ./mvnw package");
        }
        long bytes = 0;
        Path task = folder.toAbsolutePath().normalize();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(zip));
                ZipInputStream in = new ZipInputStream(file)) {
            Files.createDirectories(task);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = task.resolve(entry.getName()).normalize();
                if (!target.startsWith(task)) {
                    throw new LocalException(zip + " names a file outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                bytes += copy(in, target, UNPACKED_BYTES_MAX - bytes, zip);
                // an archive of classes is refused when its jars are of another time
                Files.setLastModifiedTime(target, entry.getLastModifiedTime());
            }
            makeExecutable(zip, task);
        } catch (IOException e) {
            throw new LocalException("cannot unpack " + zip + ": " + e.getMessage(), e);
        }
    }

    /** What is an executable in the zip is one in the folder; a stream of a zip does not tell. */
    private static void makeExecutable(Path zip, Path task) throws IOException {
        Map<String, Object> permissions = Map.of(
                "enablePosixFileAttributes", true, "defaultPermissions", PosixFilePermissions.fromString("rw-r--r--"));
        try (FileSystem files = FileSystems.newFileSystem(zip, permissions);
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE)) {
                    Path target = task.resolve(file.toString().substring(1));
                    if (!target.toFile().setExecutable(true)) {
                        throw new IOException("cannot make " + target + " executable");
                    }
                }
            }
        }
    }

    private static long copy(InputStream in, Path target, long bytesMax, Path zip) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > bytesMax) {
                    throw new LocalException(zip + " unpacks to more than the " + UNPACKED_BYTES_MAX / (1024 * 1024)
                            + " MB that Lambda allows");
                }
                out.write(buffer, 0, read);
            }
        }
        return bytes;
    }
}
