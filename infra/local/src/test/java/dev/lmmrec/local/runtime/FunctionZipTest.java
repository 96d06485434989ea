package dev.lmmrec.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionZipTest {

    @TempDir
    private Path folder;

    private Path zip(String... entries) throws IOException {
        Path zip = folder.resolve("function.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }

    @Test
    void unpack_zip_givesItsFiles() throws IOException {
        Path task = folder.resolve("task");

        FunctionZip.unpack(zip("lib/a.jar", "b/c/d.class"), task);

        assertThat(task.resolve("lib/a.jar")).hasContent("lib/a.jar");
        assertThat(task.resolve("b/c/d.class")).hasContent("b/c/d.class");
    }

    @Test
    void unpack_executablesAndTimes_areAsInTheZip() throws IOException {
        Path zip = zip("bootstrap", "lib/a.jar");
        FileTime time = FileTime.from(Instant.parse("2020-02-03T04:05:06Z"));
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Files.setPosixFilePermissions(files.getPath("/bootstrap"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(files.getPath("/lib/a.jar"), PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(files.getPath("/lib/a.jar"), time);
        }
        Path task = folder.resolve("task");

        FunctionZip.unpack(zip, task);

        assertThat(task.resolve("bootstrap")).isExecutable();
        assertThat(Files.isExecutable(task.resolve("lib/a.jar"))).isFalse();
        assertThat(Files.getLastModifiedTime(task.resolve("lib/a.jar"))).isEqualTo(time);
    }

    @Test
    void unpack_entryOutsideTheFolder_isRefused() throws IOException {
        Path zip = zip("../escaped");

        assertThatThrownBy(() -> FunctionZip.unpack(zip, folder.resolve("task")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("../escaped");
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    @Test
    void unpack_missingZip_saysWhatToRun() {
        assertThatThrownBy(() -> FunctionZip.unpack(folder.resolve("none.zip"), folder.resolve("task")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("run ./mvnw package");
    }
}
