package dev.lmmrec.training.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCommitTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @Test
    void jarOfACommit_namesIt() throws Exception {
        assertThat(BuildCommit.of(jar(Map.of("Commit", HASH, "Commit-Dirty", "false"))))
                .isEqualTo(HASH);
    }

    @Test
    void jarOfChangesWithoutACommit_isMarked() throws Exception {
        assertThat(BuildCommit.of(jar(Map.of("Commit", HASH, "Commit-Dirty", "true"))))
                .isEqualTo(HASH + "-dirty");
    }

    @Test
    void jarBuiltOutsideARepository_isUnknown() throws Exception {
        assertThat(BuildCommit.of(jar(Map.of("Commit", "${git.commit.id}", "Commit-Dirty", "${git.dirty}"))))
                .isEqualTo(BuildCommit.UNKNOWN);
        assertThat(BuildCommit.of(jar(Map.of()))).isEqualTo(BuildCommit.UNKNOWN);
    }

    @Test
    void folderOfClasses_isUnknown() throws Exception {
        assertThat(BuildCommit.of(folder)).isEqualTo(BuildCommit.UNKNOWN);
        assertThat(BuildCommit.ofThisProgram()).isEqualTo(BuildCommit.UNKNOWN);
    }

    private Path jar(Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        Path file = Files.createTempFile(folder, "code", ".jar");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }
}
