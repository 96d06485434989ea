package dev.lmmrec.reading.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFileTest {

    private static final String MOTIVE = "{\"side\":\"ITEM\",\"facet\":\"convenience\",\"polarity\":\"POSITIVE\","
            + "\"strength\":0.5,\"confidence\":0.9,\"statement\":\"easy to clean\",\"evidence\":\"so easy to clean\","
            + "\"field\":\"text\",\"start\":6}";

    @TempDir
    private Path folder;

    @Test
    void motives_withoutText_areJoinedToTheirReviewByUserAndItem() throws IOException {
        Path labels = Files.writeString(
                folder.resolve("labels.jsonl"),
                "{\"user\":\"u\",\"item\":\"i\",\"split\":\"dev\",\"motives\":[" + MOTIVE + "]}\n\n");
        Path reviews = Files.writeString(folder.resolve("reviews.jsonl"), """
                {"user":"u","item":"other","rating":1,"time":1000,"text":"no"}
                {"user":"u","item":"i","rating":4,"time":1000,"text":"It is so easy to clean"}
                """);

        LabelledReview read = new LabelFile(labels).read(Optional.of(reviews)).get(0);

        assertThat(read.split()).isEqualTo("dev");
        assertThat(read.review().text()).isEqualTo("It is so easy to clean");
        assertThat(read.review().rating()).isEqualTo(4);
        assertThat(read.motivations()).singleElement().satisfies(motivation -> {
            assertThat(motivation.field()).isEqualTo(Field.TEXT);
            assertThat(motivation.facet()).isEqualTo(Facet.CONVENIENCE);
        });
    }

    @Test
    void motives_withText_needNoReviews() throws IOException {
        Path labels = Files.writeString(
                folder.resolve("labels.jsonl"),
                "{\"user\":\"u\",\"item\":\"i\",\"rating\":2,\"text\":\"It is so easy to clean\",\"motives\":[]}");

        LabelledReview read = new LabelFile(labels).read(Optional.empty()).get(0);

        assertThat(read.review().rating()).isEqualTo(2);
        assertThat(read.motivations()).isEmpty();
    }

    @Test
    void motives_withoutTextAnywhere_areRefusedWithWhatToDo() throws IOException {
        Path labels = Files.writeString(
                folder.resolve("labels.jsonl"), "{\"user\":\"u\",\"item\":\"i\",\"motives\":[" + MOTIVE + "]}");

        assertThatThrownBy(() -> new LabelFile(labels).read(Optional.empty()))
                .isInstanceOf(LabelsException.class)
                .hasMessageContaining("labels.jsonl")
                .hasMessageContaining("user u about item i")
                .hasMessageContaining("name the file of reviews");
    }

    @Test
    void line_thatIsNone_isNamedByItsNumber() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.jsonl"), """
                {"user":"u","item":"i","text":"t","motives":[]}
                {"user":"u","motives":[]}
                """);

        assertThatThrownBy(() -> new LabelFile(labels).read(Optional.empty()))
                .isInstanceOf(LabelsException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void writtenMotives_readAgain_areTheSame() throws IOException {
        Motivation motivation = new Motivation(
                Side.USER,
                Facet.SOCIAL,
                Polarity.NEUTRAL,
                "buys for a child",
                "for my \ud83c\udfb8 kid",
                Field.TITLE,
                3,
                0.25,
                0.75);
        Review review = new Review("r", "u", "i", 5, 0, "", "text", "");
        for (String name : List.of("out.jsonl", "out.jsonl.gz")) {
            Path out = folder.resolve(name);
            try (LabelWriter writer = new LabelWriter(out)) {
                writer.write(review, List.of(motivation));
                assertThat(out).doesNotExist();
                writer.finish();
            }

            assertThat(new LabelledMotives(out).read(review).motivations()).containsExactly(motivation);
        }
    }

    @Test
    void writing_thatIsNotFinished_leavesNothing() throws IOException {
        Path out = folder.resolve("out.jsonl");
        try (LabelWriter writer = new LabelWriter(out)) {
            writer.write(new Review("r", "u", "i", 5, 0, "", "text", ""), List.of());
        }

        assertThat(folder).isEmptyDirectory();
    }
}
