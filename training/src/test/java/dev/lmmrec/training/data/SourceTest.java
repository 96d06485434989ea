package dev.lmmrec.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.testing.SharedData;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.Source.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {

    @TempDir
    private Path folder;

    @Test
    void reviewFile_withMotives_joinsThemByUserAndItemAndDropsWhatIsNotVerbatim() throws Exception {
        Path reviews = write(
                "reviews.jsonl",
                review("a", "x", "Fine strings", "They sound bright and last long."),
                review("b", "x", "", "Too dear for me."),
                review("c", "y", "", "A capo."));
        Path motives = write(
                "motives.jsonl",
                "{\"user\":\"a\",\"item\":\"x\",\"split\":\"dev\",\"motives\":["
                        + motive("sounds bright", "sound bright", "text") + ","
                        + motive("made up", "never written", "text") + ","
                        + motive("fine", "Fine strings", "title") + "]}",
                "{\"user\":\"nobody\",\"item\":\"x\",\"motives\":[]}");

        ReviewRows read = ReviewRows.read(reviews, ReviewFormat.AUTO, Optional.of(motives), (bytes, bytesMax) -> {});
        Source source = Source.open(new Origin(reviews, ReviewFormat.AUTO, Optional.of(motives), 1, 0), (b, m) -> {});
        Dataset dataset = source.dataset().orElseThrow();

        assertThat(read.unmatchedMotives()).isEqualTo(1);
        assertThat(source.summary()).contains("3 reviews", ", 1 of 2 reviews of the motives file not found");
        assertThat(read.rows().get(0).dropped()).isEqualTo(1);
        List<ReviewText> texts = dataset.reviews();
        assertThat(texts).hasSize(3);
        assertThat(texts.get(0).whole()).isEqualTo("Fine strings. They sound bright and last long.");
        assertThat(texts.get(0).motivations())
                .extracting(Motivation::statement)
                .containsExactlyInAnyOrder("sounds bright", "fine");
        assertThat(texts.get(1).motivations()).isEmpty();
        assertThat(texts.get(1).whole()).isEqualTo("Too dear for me.");
        assertThat(dataset.users().get(texts.get(2).user())).isEqualTo("c");
        assertThat(dataset.items().get(texts.get(2).item())).isEqualTo("y");
    }

    @Test
    void motivesOfOneOfTwoReviewsOfAPair_areJoinedByItsId_andWithoutIdPutWhereTheyAre() throws Exception {
        Path reviews = write(
                "reviews.jsonl",
                "{\"reviewId\":\"first\",\"user\":\"a\",\"item\":\"x\",\"rating\":5,\"time\":1000,"
                        + "\"text\":\"Bright. They sound bright.\"}",
                "{\"reviewId\":\"second\",\"user\":\"a\",\"item\":\"x\",\"rating\":5,\"time\":2000,"
                        + "\"text\":\"Still bright. They sound bright.\"}");
        String motives = "\"user\":\"a\",\"item\":\"x\",\"motives\":["
                + motive("sounds bright", "sound bright", "text").replace("\"start\":0", "\"start\":13") + "]}";

        assertThat(starts(reviews, write("ids.jsonl", "{\"reviewId\":\"first\"," + motives)))
                .containsExactly(List.of(13), List.of());
        assertThat(starts(reviews, write("pairs.jsonl", "{" + motives))).containsExactly(List.of(13), List.of(19));
    }

    private static List<List<Integer>> starts(Path reviews, Path motives) throws Exception {
        return ReviewRows.read(reviews, ReviewFormat.AUTO, Optional.of(motives), (b, m) -> {}).rows().stream()
                .map(row -> row.motivations().stream().map(Motivation::start).toList())
                .toList();
    }

    @Test
    void motivesOfOtherReviews_areRefused() throws Exception {
        Path reviews = write("reviews.jsonl", review("a", "x", "", "Fine."));
        Path motives = write("motives.jsonl", "{\"user\":\"b\",\"item\":\"y\",\"motives\":[]}");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> ReviewRows.read(reviews, ReviewFormat.AUTO, Optional.of(motives), (b, m) -> {}))
                .withMessageContaining("none of the 1 reviews, or pairs");
    }

    @Test
    void damagedMotives_areRefusedWithFileAndLine() throws Exception {
        Path reviews = write("reviews.jsonl", review("a", "x", "", "Fine."));
        Path motives = write(
                "motives.jsonl",
                "{\"user\":\"a\",\"item\":\"x\",\"motives\":[]}",
                "{\"user\":\"a\",\"item\":\"x\",\"motives\":[" + motive("s", "Fine", "footnote") + "]}");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> ReviewRows.read(reviews, ReviewFormat.AUTO, Optional.of(motives), (b, m) -> {}))
                .withMessageContaining("motives.jsonl, line 2")
                .withMessageContaining("footnote");
    }

    @Test
    void exportOfRows_isToldFromAReviewFile() throws Exception {
        Path file = folder.resolve("rows.jsonl.gz");
        new RowsFile().write(file, SyntheticRows.of(12, 10, 2, 5, 3));

        Source source = Source.open(Origin.of(file), (b, m) -> {});

        assertThat(source.dataset().orElseThrow().encoderId()).contains(SyntheticRows.ENCODER);
        assertThat(source.summary()).contains("60 rows", "12 users");
    }

    @Test
    void splitFolder_isTheSameForEverySeedAndTakesNoMotives() throws Exception {
        write("train.tsv", "user\titem", "a\tx", "b\ty", "b\tx");
        write("validation.tsv", "a\ty");
        write("test.tsv", "b\ty");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> Source.open(Origin.of(folder), (b, m) -> {}))
                .withMessageContaining("user b with item y")
                .withMessageContaining("train");

        write("train.tsv", "a\tx", "b\tz", "b\tx", "a\tz", "c\ty");
        Source source = Source.open(Origin.of(folder), (b, m) -> {});
        assertThat(source.split(1)).isSameAs(source.split(2));
        assertThat(source.dataset()).isEmpty();
        assertThat(((Source.Published) source).published().users()).containsExactly("a", "b", "c");
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(
                        () -> Source.open(new Origin(folder, ReviewFormat.AUTO, Optional.empty(), 5, 0), (b, m) -> {}))
                .withMessageContaining("core");
    }

    @Test
    void byteOrderMark_inASplit_makesNoUser() throws Exception {
        write("train.tsv", "\uFEFFuser\titem", "a\tx", "b\ty", "b\tz", "a\tz");
        write("validation.tsv", "\uFEFFa\ty");
        write("test.tsv", "\uFEFFb\tx");

        Source source = Source.open(Origin.of(folder), (b, m) -> {});

        assertThat(((Source.Published) source).published().users()).containsExactly("a", "b");
        assertThat(((Source.Published) source).published().items()).containsExactly("x", "y", "z");
    }

    @Test
    void byteOrderMark_inAnExportOfRows_isNoPartOfTheFirst() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        new RowsFile().write(file, SyntheticRows.of(12, 10, 2, 5, 3));
        Files.writeString(file, "\uFEFF" + Files.readString(file));

        assertThat(Source.open(Origin.of(file), (b, m) -> {}).summary()).contains("60 rows", "12 users");
    }

    @Test
    void folderWithNothingKnown_saysWhatIsLookedFor() {
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> Source.open(Origin.of(folder), (b, m) -> {}))
                .withMessageContaining("train.tsv")
                .withMessageContaining("reviews.jsonl");
    }

    @Test
    void core_keepsTheLargestPartWhereEverybodyHasEnough() throws Exception {
        // c meets y alone and z has one user; without them b has only x left, and goes too
        Path reviews = write(
                "reviews.jsonl",
                review("a", "x", "", "1"),
                review("a", "w", "", "2"),
                review("d", "x", "", "3"),
                review("d", "w", "", "4"),
                review("b", "x", "", "5"),
                review("b", "z", "", "6"),
                review("c", "y", "", "7"));

        Dataset core = Source.open(new Origin(reviews, ReviewFormat.AUTO, Optional.empty(), 2, 0), (b, m) -> {})
                .dataset()
                .orElseThrow();

        assertThat(core.users()).containsExactly("a", "d");
        assertThat(core.items()).containsExactly("w", "x");
        assertThat(core.interactions().count()).isEqualTo(4);
        assertThat(core.reviews()).extracting(ReviewText::text).containsExactly("1", "2", "3", "4");
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> core.core(3))
                .withMessageContaining("smaller core than 3");
    }

    @Test
    void fingerprint_changesWithATextAndNotWithTheOrder() throws Exception {
        String first = review("a", "x", "", "One.");
        String second = review("b", "y", "", "Two.");
        Path straight = write("straight.jsonl", first, second);
        Path reversed = write("reversed.jsonl", second, first);
        Path other = write("other.jsonl", first, review("b", "y", "", "Three."));

        String fingerprint = fingerprint(straight);

        assertThat(fingerprint(reversed)).isEqualTo(fingerprint);
        assertThat(fingerprint(other)).isNotEqualTo(fingerprint);
    }

    @Test
    void steamReviews_haveAFiveCoreOfTheKnownSize() throws Exception {
        Path reviews = SharedData.find("steam-reviews");

        Dataset core = Source.open(new Origin(reviews, ReviewFormat.AUTO, Optional.empty(), 5, 0), (b, m) -> {})
                .dataset()
                .orElseThrow();

        assertThat(core.interactions().count()).isEqualTo(14_928);
        assertThat(IntStream.of(core.interactions().itemCounts()).min()).hasValue(5);
    }

    private static String fingerprint(Path file) throws Exception {
        return Source.open(Origin.of(file), (b, m) -> {}).fingerprint();
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String review(String user, String item, String title, String text) {
        return "{\"user\":\"" + user + "\",\"item\":\"" + item + "\",\"rating\":5,\"time\":1000,\"title\":\"" + title
                + "\",\"text\":\"" + text + "\"}";
    }

    private static String motive(String statement, String evidence, String field) {
        return "{\"side\":\"ITEM\",\"facet\":\"function\",\"polarity\":\"POSITIVE\",\"strength\":0.5,\"confidence\":0.8,"
                + "\"statement\":\"" + statement + "\",\"evidence\":\"" + evidence + "\",\"field\":\"" + field
                + "\",\"start\":0}";
    }
}
