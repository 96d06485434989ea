package dev.lmmrec.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes artefacts whose files are complete and small; their graphs are never run here. */
final class SmallArtefact {

    private SmallArtefact() {}

    static Artefact in(Path directory, String version) throws IOException {
        Files.createDirectories(directory);
        for (String name : ArtefactFiles.REQUIRED) {
            Files.writeString(directory.resolve(name), name + " of " + version + "\n");
        }
        return Artefact.seal(directory, manifest(version));
    }

    static Manifest manifest(String version) {
        Manifest.Fusion.Weights weights = new Manifest.Fusion.Weights(1, 0.5, 0.1, 0.25);
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "small",
                version,
                "2026-01-02T03:04:05Z",
                new Manifest.Dims(384, 8, 8, 0, 0),
                "all-minilm-l6-v2-q",
                "0".repeat(64),
                1,
                1,
                Map.of("test.recall@20", 0.25),
                Map.of("seed", "7"),
                new Manifest.Fusion(weights, weights),
                List.of());
    }
}
