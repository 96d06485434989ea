package dev.lmmrec.extraction.extractor.llm.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.extraction.extractor.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemonstrationPoolTest {

    @TempDir
    private Path folder;

    @Test
    void bundledPool_usesKnownFacets_bothSides_andShowsThatAReviewMayHaveNone() {
        List<Demonstration> all = DemonstrationPool.load(Optional.empty()).nearest(Reviews.of("x"), 100);

        assertThat(all).hasSizeGreaterThan(10);
        assertThat(all)
                .flatExtracting(Demonstration::motives)
                .extracting(Candidate::facet)
                .isSubsetOf(Facet.KNOWN);
        assertThat(all).extracting(one -> one.motives().isEmpty()).contains(true, false);
        assertThat(all)
                .flatExtracting(Demonstration::motives)
                .extracting(motive -> motive.side().name())
                .contains("USER", "ITEM");
    }

    @Test
    void nearest_areThoseThatShareRareWords() throws IOException {
        DemonstrationPool pool = pool("""
                {"text":"the strap of the bag is soft","rating":4,"motives":[]}
                {"text":"the zip of the tent is stuck","rating":2,"motives":[]}
                {"title":"Zip","text":"the lamp is bright","rating":5,"motives":[]}
                """);

        assertThat(pool.nearest(Reviews.of("is the zip of the tent as it was"), 2))
                .extracting(Demonstration::text)
                .containsExactly("the zip of the tent is stuck", "the lamp is bright");
        assertThat(pool.nearest(Reviews.of("anything"), 0)).isEmpty();
        assertThat(pool.nearest(Reviews.of("anything"), 9)).hasSize(3);
    }

    @Test
    void review_thatIsInThePool_isNeverItsOwnDemonstration() throws IOException {
        DemonstrationPool pool = pool("""
                {"text":"the zip is stuck","rating":4,"motives":[]}
                {"text":"nothing in common","rating":2,"motives":[]}
                """);

        assertThat(pool.nearest(Reviews.of(" the zip is stuck\n"), 1))
                .extracting(Demonstration::text)
                .containsExactly("nothing in common");
    }

    @Test
    void review_tooLongToBeShown_isLeftOut() throws IOException {
        assertThat(pool("{\"text\":\"" + "long ".repeat(400) + "\",\"rating\":4,\"motives\":[]}")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"text":"x","motives":[]}            | line 2 is no labelled review: needs text, rating and motives
            {"text":"x","rating":4               | line 2 is no labelled review
            {"text":"x","rating":4,"motives":[{"side":"ITEM","facet":"price","polarity":"POSITIVE","statement":"s","evidence":"y"}]} | evidence 'y' stands neither in the title nor in the text
            {"text":"x","rating":4,"motives":[{"side":"ITEM","facet":"price","statement":"s","evidence":"x"}]} | a motive lacks polarity
            """)
    void line_thatIsNoLabelledReview_isRefusedWithItsNumber(String line, String message) {
        assertThatThrownBy(() -> pool("{\"text\":\"fine\",\"rating\":4,\"motives\":[]}\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private DemonstrationPool pool(String lines) throws IOException {
        return DemonstrationPool.load(Optional.of(Files.writeString(folder.resolve("pool.jsonl"), lines)));
    }
}
