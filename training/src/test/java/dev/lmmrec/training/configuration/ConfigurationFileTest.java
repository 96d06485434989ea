package dev.lmmrec.training.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.training.configuration.ConfigurationFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

    @TempDir
    private Path folder;

    @Test
    void example_saysWhatItSays() throws Exception {
        Reading reading = read(ConfigurationFile.EXAMPLE);

        assertThat(reading.problems()).isEmpty();
        Configuration configuration = reading.configuration();
        assertThat(configuration.data()).hasValueSatisfying(data -> {
            assertThat(data.path()).isEqualTo(folder.resolve("reviews.jsonl.gz"));
            assertThat(data.motives()).contains(folder.resolve("motives.jsonl.gz"));
            assertThat(data.format()).isEqualTo(ReviewFormat.AUTO);
            assertThat(data.core()).isEqualTo(5);
        });
        assertThat(configuration.fit())
                .containsEntry("learning-rate", List.of(0.001, 0.005))
                .containsEntry("dim", List.of(32.0));
        assertThat(configuration.backbones())
                .containsExactly(
                        Part.of("popularity"),
                        new Part("ease", Map.of("ridge", List.of(30.0, 100.0, 300.0))),
                        Part.of("lightgcn"),
                        new Part(
                                "blend",
                                Map.of(),
                                Map.of(),
                                List.of(
                                        Part.of("ease-normalised"),
                                        new Part("ssm", Map.of(), Map.of("dim", List.of(128.0)), List.of()))));
        assertThat(configuration.search()).isEqualTo(new Configuration.Search(8, 1));
        assertThat(configuration.seeds()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void fileWithManyMistakes_hasThemAllWithTheirLines() throws Exception {
        Reading reading = read("""
                data:
                  pat: x.jsonl
                  core: 0
                  format: spotify
                split: {protocol: yearly}
                fit:
                  dim: wide
                  l2: []
                backbones: ease
                wrappers:
                  - settings: {weight: 1}
                search:
                  trials: 2.5
                seeds: [1, 1, -3]
                seed: 4
                """);

        assertThat(reading.problems())
                .extracting(Problem::line, Problem::field)
                .containsExactlyInAnyOrder(
                        tuple(2, "data.pat"),
                        tuple(2, "data"),
                        tuple(3, "data.core"),
                        tuple(4, "data.format"),
                        tuple(5, "split.protocol"),
                        tuple(7, "fit.dim"),
                        tuple(8, "fit.l2"),
                        tuple(9, "backbones"),
                        tuple(11, "wrappers[0]"),
                        tuple(13, "search.trials"),
                        tuple(14, "seeds"),
                        tuple(14, "seeds[2]"),
                        tuple(15, "seed"));
        assertThat(reading.problems())
                .extracting(Problem::toString)
                .anySatisfy(text -> assertThat(text).contains("line 3: data.core is 0, must be a whole number from 1"))
                .anySatisfy(text -> assertThat(text).contains("published, random"))
                .anySatisfy(text -> assertThat(text).contains("seed is no field here; there are data, split"));
    }

    @Test
    void switches_areNumbers() throws Exception {
        Reading reading = read("wrappers: [{name: lmmrec, settings: {mcs: true, itc: false}}]");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.configuration().wrappers().get(0).settings())
                .containsEntry("mcs", List.of(1.0))
                .containsEntry("itc", List.of(0.0));
    }

    @Test
    void textThatIsNoYaml_isOneMistakeWithItsLine() throws Exception {
        Reading reading = read("data:\n  path: [x\nfit: 1\n");

        assertThat(reading.isReadable()).isFalse();
        assertThat(reading.problems()).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(3));
        assertThat(read("").problems()).hasSize(1);
    }

    @Test
    void problemsOfMeaning_getTheLineOfTheirField() throws Exception {
        Reading reading = read("fit:\n  dim: 8\nbackbones:\n  - name: ease\n    settings:\n      ridge: -1\n");

        assertThat(reading.with(List.of(
                        new Problem(0, "backbones[0].settings.ridge", "x"),
                        new Problem(0, "backbones[0].other", "x"),
                        new Problem(0, "data", "x"))))
                .extracting(Problem::line)
                .containsExactly(0, 4, 6);
    }

    private Reading read(String yaml) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("config.yaml"), yaml));
    }
}
