package dev.lmmrec.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    private Path folder;

    @Test
    void newOrEmptyFolder_isClaimed_andAgainWhenItHoldsWhatADeploymentLeft() throws IOException {
        Path made = Folders.claim(folder.resolve("new"));
        Files.createDirectories(made.resolve("logs"));

        assertThat(Folders.claim(made)).isEqualTo(made);
        assertThat(Folders.claim(Files.createDirectories(folder.resolve("empty"))))
                .exists();
    }

    @Test
    void folderWithOtherFiles_isRefused_andLeftAlone() throws IOException {
        Path work = Files.createDirectories(folder.resolve("checkout/functions"));

        assertThatThrownBy(() -> Folders.claim(work.getParent()))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("holds functions")
                .hasMessageContaining("new or empty");
        assertThat(work).exists();
        assertThat(work.getParent()).isDirectoryNotContaining("glob:**/.lmmrec-state");
    }
}
