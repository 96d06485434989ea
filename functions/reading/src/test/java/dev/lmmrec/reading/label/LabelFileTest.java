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
    void motives_ofTwoReviewsOfOnePair_areEachJoinedToTheirOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("reviews.jsonl"), """
                {"reviewId":"first","user":"u","item":"i","rating":1,"time":1000,"text":"It broke."}
                {"reviewId":"second","user":"u","item":"i","rating":4,"time":2000,"text":"The new one lasts."}
                """);
        Review first = new Review("first", "u", "i", 1, 1_000, "", "It broke.", "");
        Review second = new Review("second", "u", "i", 4, 2_000, "", "The new one lasts.", "");
        Path labels = folder.resolve("labels.jsonl");
        try (LabelWriter writer = new LabelWriter(labels)) {
            writer.write(first, List.of(motivation("breaks", "broke")));
            writer.write(second, List.of(motivation("lasts", "lasts")));
            writer.finish();
        }

        assertThat(new LabelFile(labels).read(Optional.of(file)))
                .extracting(labelled -> labelled.review().text())
                .containsExactly("It broke.", "The new one lasts.");
        LabelledMotives motives = new LabelledMotives(labels);
        assertThat(motives.read(first).motivations()).containsExactly(motivation("breaks", "broke"));
        assertThat(motives.read(second).motivations()).containsExactly(motivation("lasts", "lasts"));
        assertThat(motives.knows(new Review("third", "u", "i", 4, 3_000, "", "A third.", "")))
                .isFalse();
    }

    @Test
    void labellingsOfOnePair_withAndWithoutIds_areCompared() throws IOException {
        Path with = folder.resolve("with.jsonl");
        try (LabelWriter writer = new LabelWriter(with)) {
            writer.write(
                    new Review("r", "u", "i", 1, 1_000, "", "It broke.", ""), List.of(motivation("breaks", "broke")));
            writer.finish();
        }
        Path without = Files.writeString(
                folder.resolve("without.jsonl"),
                "{\"user\":\"u\",\"item\":\"i\",\"text\":\"It broke.\",\"motives\":[]}");

        Review ofNone = new LabelFile(without).read(Optional.empty()).get(0).review();

        assertThat(new LabelledMotives(with).read(ofNone).motivations()).hasSize(1);
        assertThat(new LabelledMotives(without).knows(new Review("r", "u", "i", 1, 1_000, "", "It broke.", "")))
                .isTrue();
    }

    private static Motivation motivation(String statement, String evidence) {
        return new Motivation(Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, statement, evidence, Field.TEXT, 3, 0.5, 1);
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
