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
        Path made = folder.resolve("new");
        try (ClaimedFolder claimed = Folders.claim(made)) {
            assertThat(claimed.path()).isEqualTo(made);
            Files.createDirectories(made.resolve("logs"));
        }

        try (ClaimedFolder again = Folders.claim(made);
                ClaimedFolder empty = Folders.claim(Files.createDirectories(folder.resolve("empty")))) {
            assertThat(again.path().resolve("logs")).exists();
            assertThat(empty.path()).exists();
        }
    }

    @Test
    void claimedFolder_isNobodyElses_untilItIsGivenUp() throws IOException {
        Path state = folder.resolve("state");
        try (ClaimedFolder claimed = Folders.claim(state)) {
            assertThatThrownBy(() -> Folders.claim(claimed.path()))
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining(state.toString())
                    .hasMessageContaining("a deployment that is up")
                    .hasMessageContaining("name another folder");
        }

        Folders.claim(state).close();
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
