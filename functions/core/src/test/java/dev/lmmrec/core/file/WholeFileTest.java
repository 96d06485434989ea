package dev.lmmrec.core.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void file_thatExists_isReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("rows"), "before");

        WholeFile.write(file, out -> out.write("after".getBytes(UTF_8)));

        assertThat(file).hasContent("after");
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void contentThatFailsHalfway_leavesTheFileBeforeAndNoDraft() throws IOException {
        Path file = Files.writeString(folder.resolve("rows"), "before");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write("half".getBytes(UTF_8));
                    out.flush();
                    throw new IOException("no space left");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");

        assertThat(file).hasContent("before");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void placeThatIsAFolder_isNotReplacedAndNoDraftIsLeft() throws IOException {
        Path place = Files.createDirectories(folder.resolve("rows"));
        Files.writeString(place.resolve("kept"), "");

        assertThatThrownBy(() -> WholeFile.write(place, out -> out.write(1))).isInstanceOf(IOException.class);

        assertThat(place.resolve("kept")).exists();
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void draftOfAKilledRun_isWrittenOver() throws IOException {
        Path file = folder.resolve("rows");
        Files.writeString(WholeFile.draftOf(file), "half of what a killed run had to say");

        WholeFile.write(file, out -> out.write("whole".getBytes(UTF_8)));

        assertThat(file).hasContent("whole");
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
