package dev.lmmrec.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtefactTest {

    @TempDir
    Path directory;

    @Test
    void sealedArtefact_opened_isTheSame() throws Exception {
        Artefact sealed = SmallArtefact.in(directory, "v1");

        Artefact opened = Artefact.open(directory);

        assertThat(opened.manifest()).isEqualTo(sealed.manifest());
        assertThat(opened.manifestSha256()).isEqualTo(sealed.manifestSha256());
        assertThat(opened.manifest().files())
                .extracting(Manifest.FileEntry::name)
                .containsExactlyElementsOf(ArtefactFiles.REQUIRED);
        assertThat(opened.items()).containsExactly("items.txt of v1");
    }

    @Test
    void sealing_withAFileMissing_namesIt() throws Exception {
        for (String name : ArtefactFiles.REQUIRED) {
            Files.writeString(directory.resolve(name), name);
        }
        Files.delete(directory.resolve(ArtefactFiles.SCORER));

        assertThatThrownBy(() -> Artefact.seal(directory, SmallArtefact.manifest("v1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(ArtefactFiles.SCORER);
        assertThat(directory.resolve(ArtefactFiles.MANIFEST)).doesNotExist();
    }

    @Test
    void sealing_twice_isRefused() throws Exception {
        SmallArtefact.in(directory, "v1");

        assertThatThrownBy(() -> Artefact.seal(directory, SmallArtefact.manifest("v2")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("never changes");
        assertThat(Artefact.open(directory).manifest().version()).isEqualTo("v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text-encoder.onnx", "user-encoder.onnx", "scorer.onnx", "users.txt", "items.txt"})
    void opening_withADamagedFile_namesItAndBothChecksums(String name) throws Exception {
        SmallArtefact.in(directory, "v1");
        Path file = directory.resolve(name);
        String expected = Checksum.of(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[new Random(5).nextInt(bytes.length)] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> Artefact.open(directory))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(expected)
                .hasMessageContaining(Checksum.of(file));
    }

    @Test
    void opening_withAFileOfAnotherSize_namesBothSizes() throws Exception {
        SmallArtefact.in(directory, "v1");
        Path file = directory.resolve(ArtefactFiles.SCORER);
        long expected = Files.size(file);
        Files.writeString(file, "and more", StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Artefact.open(directory))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(ArtefactFiles.SCORER)
                .hasMessageContaining(expected + " bytes")
                .hasMessageContaining(Files.size(file) + " bytes");
    }

    @Test
    void opening_withAFileMissing_namesIt() throws Exception {
        SmallArtefact.in(directory, "v1");
        Files.delete(directory.resolve(ArtefactFiles.USERS));

        assertThatThrownBy(() -> Artefact.open(directory))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(ArtefactFiles.USERS)
                .hasMessageContaining("found nothing");
    }

    @Test
    void opening_withoutAManifest_isRefused() {
        assertThatThrownBy(() -> Artefact.open(directory))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(ArtefactFiles.MANIFEST);
    }

    @Test
    void manifest_ofAnotherContract_saysWhatToDo() throws Exception {
        SmallArtefact.in(directory, "v1");
        Path manifest = directory.resolve(ArtefactFiles.MANIFEST);
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"formatVersion\" : " + Manifest.FORMAT_VERSION, "\"formatVersion\" : 9"));

        assertThatThrownBy(() -> Artefact.open(directory))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("formatVersion 9")
                .hasMessageContaining("train again");
    }

    @Test
    void manifest_thatNamesAFileElsewhere_isRefused() throws Exception {
        SmallArtefact.in(directory.resolve("inner"), "v1");
        Path manifest = directory.resolve("inner").resolve(ArtefactFiles.MANIFEST);
        Files.writeString(directory.resolve("users.txt"), "outside");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("\"name\" : \"users.txt\"", "\"name\" : \"../users.txt\""));

        assertThatThrownBy(() -> Artefact.open(directory.resolve("inner")))
                .isInstanceOf(DamagedArtefactException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "../x", "-x", "a b"})
    void version_thatIsNoFolderName_isRefused(String version) {
        assertThatThrownBy(() -> SmallArtefact.manifest(version)).isInstanceOf(IllegalArgumentException.class);
    }
}
