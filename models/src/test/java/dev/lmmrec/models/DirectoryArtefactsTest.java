package dev.lmmrec.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArtefactsTest extends ArtefactRepositoryContract {

    @TempDir
    Path root;

    @Override
    ObjectStore store() {
        return new DirectoryObjects(root);
    }

    @Test
    void key_thatLeavesTheFolder_isRefused() {
        assertThatThrownBy(() -> store().read("../secret")).isInstanceOf(IllegalArgumentException.class);
    }
}
