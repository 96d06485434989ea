package dev.lmmrec.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

    @TempDir
    Path folder;

    private final Properties properties = new Properties();

    @Test
    void librariesBesideTheExecutable_areNamedWhereTheirLoadersLook() throws IOException {
        Files.createFile(folder.resolve("libonnxruntime.so"));
        Files.createFile(folder.resolve("libtokenizers.so"));

        NativeLibraries.use(folder, properties);

        assertThat(properties)
                .containsEntry("onnxruntime.native.path", folder.toString())
                .containsEntry(
                        "RUST_LIBRARY_PATH", folder.resolve("libtokenizers.so").toString())
                .containsEntry("ai.djl.offline", "true");
    }

    @Test
    void folderWithOneLibrary_namesThatOneOnly() throws IOException {
        Files.createFile(folder.resolve("libonnxruntime.so"));

        NativeLibraries.use(folder, properties);

        assertThat(properties).containsOnly(Map.entry("onnxruntime.native.path", folder.toString()));
    }

    @Test
    void folderWithoutLibraries_changesNothing() {
        NativeLibraries.use(folder, properties);

        assertThat(properties).isEmpty();
    }

    @Test
    void whatIsAlreadyNamed_isLeftAsItIs() throws IOException {
        Files.createFile(folder.resolve("libonnxruntime.so"));
        properties.setProperty("onnxruntime.native.path", "/elsewhere");

        NativeLibraries.use(folder, properties);

        assertThat(properties).containsEntry("onnxruntime.native.path", "/elsewhere");
    }

    @Test
    void linkToTheExecutable_isFollowedToItsFolder() throws IOException {
        Path executable = Files.createFile(folder.resolve("bootstrap"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("exe"), executable);

        assertThat(NativeLibraries.folderOf(link)).contains(folder.toRealPath());
        assertThat(NativeLibraries.folderOf(folder.resolve("none"))).isEmpty();
    }
}
