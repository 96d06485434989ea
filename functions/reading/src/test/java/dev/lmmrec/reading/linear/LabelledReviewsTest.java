package dev.lmmrec.reading.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.reading.agreement.MotiveScore;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.label.SharedLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The linear reader against labelled reviews, which are not part of the project: without them the tests are skipped.
 * What was measured is left in {@code target/extraction-quality.txt}.
 */
class LabelledReviewsTest {

    private static final LinearReader READER = LinearReader.load();

    @Test
    void extraction_onReviewsNotTunedOn_agreesWithTheLabelsAsWellAsMeasured() throws IOException {
        List<LabelledReview> dev = SharedLabels.read("musical-instruments", "musical-instruments").stream()
                .filter(labelled -> labelled.split().equals("dev"))
                .toList();

        MotiveScore score = new MotiveScore();
        int found = 0;
        int ofUsers = 0;
        for (LabelledReview labelled : dev) {
            List<Motivation> motivations = motivations(labelled);
            score.add(motivations, labelled.motivations());
            found += motivations.size();
            ofUsers += (int) motivations.stream()
                    .filter(motivation -> motivation.side() == Side.USER)
                    .count();
        }
        note("musical-instruments dev, " + dev.size() + " reviews", score);

        assertThat(score.total().motiveF1()).as("%s", score).isGreaterThan(0.46);
        assertThat(score.total().spanF1()).as("%s", score).isGreaterThan(0.62);
        assertThat(score.total().facetAccuracy()).as("%s", score).isGreaterThan(0.68);
        assertThat((double) found / dev.size()).as("motivations per review").isBetween(2.0, 4.5);
        assertThat((double) ofUsers / found).as("share of the user side").isBetween(0.15, 0.35);
    }

    @Test
    void extraction_inAnotherDomain_stillFindsReasons() throws IOException {
        List<LabelledReview> games = SharedLabels.read("steam-reviews", "steam-reviews");

        MotiveScore score = new MotiveScore();
        games.forEach(labelled -> score.add(motivations(labelled), labelled.motivations()));
        note("steam-reviews, " + games.size() + " reviews", score);

        assertThat(score.total().motiveF1()).as("%s", score).isGreaterThan(0.27);
        assertThat(score.total().spanF1()).as("%s", score).isGreaterThan(0.45);
    }

    private static List<Motivation> motivations(LabelledReview labelled) {
        return READER.read(labelled.review()).motivations();
    }

    private static synchronized void note(String data, MotiveScore score) throws IOException {
        Path file = Path.of("target/extraction-quality-" + data.replaceAll("\\W+", "-") + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, data + ": " + score + "\n");
    }
}
