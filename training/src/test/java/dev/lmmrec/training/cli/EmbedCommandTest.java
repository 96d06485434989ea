package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.encoder.SentenceEncoder;
import dev.lmmrec.training.data.RowsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {

    @TempDir
    private Path folder;

    @Test
    void reviewsWithMotives_becomeRowsWithVectorsThatKnowWhatTheTextsMean() throws Exception {
        Path reviews = Files.write(
                folder.resolve("reviews.jsonl"),
                List.of(
                        review("a", "x", "These guitar strings sound bright."),
                        review("b", "y", "Bright sounding strings for my guitar."),
                        review("c", "z", "The parcel came late and the box was torn.")));
        Path motives = Files.writeString(
                folder.resolve("motives.jsonl"),
                "{\"user\":\"a\",\"item\":\"x\",\"motives\":[{\"side\":\"ITEM\",\"facet\":\"function\","
                        + "\"polarity\":\"POSITIVE\",\"strength\":0.5,\"confidence\":0.8,\"statement\":\"bright sound\","
                        + "\"evidence\":\"sound bright\",\"field\":\"text\",\"start\":20}]}\n");
        Path out = folder.resolve("rows.jsonl.gz");

        CommandRun run = CommandRun.of("embed", "--data", reviews, "--motives", motives, "--out", out);
        assertThat(run.code()).isZero();

        List<ReviewMotivations> rows = new RowsFile().read(out);
        assertThat(rows)
                .extracting(row -> row.vectors().orElseThrow().encoderId())
                .containsOnly(SentenceEncoder.ID);
        ReviewVectors first = rows.get(0).vectors().orElseThrow();
        assertThat(first.statements()).hasSize(1);
        DenseVector other = rows.get(1).vectors().orElseThrow().text();
        DenseVector stranger = rows.get(2).vectors().orElseThrow().text();
        assertThat(first.text().dot(other))
                .isGreaterThan(0.6)
                .isGreaterThan(first.text().dot(stranger) + 0.3);
    }

    @Test
    void splitWithoutReviews_hasNothingToEmbed() throws Exception {
        Files.writeString(folder.resolve("train.tsv"), "a\tx\nb\ty\n");
        Files.writeString(folder.resolve("validation.tsv"), "a\ty\n");
        Files.writeString(folder.resolve("test.tsv"), "b\tx\n");

        assertThat(CommandRun.of("embed", "--data", folder, "--out", folder.resolve("rows.jsonl"))
                        .code())
                .isEqualTo(1);

        assertThat(folder.resolve("rows.jsonl")).doesNotExist();
    }

    private static String review(String user, String item, String text) {
        return "{\"user\":\"" + user + "\",\"item\":\"" + item + "\",\"rating\":5,\"time\":1000,\"text\":\"" + text
                + "\"}";
    }
}
