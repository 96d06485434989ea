package dev.lmmrec.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.description.Packaging;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real zip under load while artefacts are promoted and spoilt. */
class ArtefactsUnderLoadIT {

    @TempDir
    Path folder;

    @Test
    void artefactsThatChangeUnderLoad_failNoRequest_andASpoiltOneNeverAnswers() throws Exception {
        Path description = RepositoryRoot.above(Path.of("").toAbsolutePath()).resolve("infra/deployment.json");
        try (ServingSystem system = ServingSystem.start(
                folder, description, Packaging.JVM, 500, Map.of("LMMREC_ARTEFACT_LOOK_INTERVAL", "1S"), 7)) {

            RequestBench.Change change = new RequestBench(system).change(5, Duration.ofSeconds(16));

            assertThat(change.load().failures()).isEmpty();
            assertThat(change.load().nanos().getTotalCount())
                    .isEqualTo(change.load().sent());
            assertThat(change.damagedServed()).isFalse();
            assertThat(change.served()).isEqualTo(change.promoted());
        }
    }
}
