package dev.lmmrec.training.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.reading.student.StudentReader;
import dev.lmmrec.training.data.RefusedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationTest {

    private static final DistilSettings SMALL = new DistilSettings(3, 25, 32, 5e-3, 0.1, 0.5, 0.1);

    private static final String[] THINGS = {"tent", "kettle", "lamp", "chair", "radio", "camera", "coat", "table"};

    @TempDir
    private Path folder;

    /** Reviews of two patterns; other things than in training, so that knowing them by heart is not enough. */
    @Test
    void student_ofAFewReviews_readsOthersOfTheSameKind() throws Exception {
        Head head = new Distillation(SMALL, (step, steps) -> {}).train(reviews(), folder);

        assertThat(head.metrics()).containsKeys("validation.motiveF1", "train.meanError");
        assertThat(head.data()).containsEntry("reviews", "48");
        try (StudentReader student = StudentReader.open(folder)) {
            assertThat(student.read(review("The bicycle is so easy to clean. It came on Monday."))
                            .motivations())
                    .anySatisfy(motivation -> {
                        assertThat(motivation.side()).isEqualTo(Side.ITEM);
                        assertThat(motivation.facet()).isEqualTo(Facet.CONVENIENCE);
                        assertThat(motivation.polarity()).isEqualTo(Polarity.POSITIVE);
                        assertThat(motivation.evidence()).contains("easy to clean");
                    });
            assertThat(student.read(review("I bought the bicycle for my daughter. It broke after a week."))
                            .motivations())
                    .anySatisfy(motivation -> {
                        assertThat(motivation.side()).isEqualTo(Side.USER);
                        assertThat(motivation.facet()).isEqualTo(Facet.SOCIAL);
                    })
                    .anySatisfy(motivation -> {
                        assertThat(motivation.facet()).isEqualTo(Facet.DURABILITY);
                        assertThat(motivation.polarity()).isEqualTo(Polarity.NEGATIVE);
                    });
        }
    }

    @Test
    void sameSeed_twice_writesTheSameBytes() throws Exception {
        DistilSettings short_ = SMALL.with(3, 1);
        Path other = folder.resolve("other");
        new Distillation(short_, (step, steps) -> {}).train(reviews(), folder);
        new Distillation(short_, (step, steps) -> {}).train(reviews(), other);

        assertThat(other.resolve(Head.GRAPH)).hasSameBinaryContentAs(folder.resolve(Head.GRAPH));
    }

    @Test
    void graph_ofAnotherTraining_isRefused() throws Exception {
        new Distillation(SMALL.with(3, 1), (step, steps) -> {}).train(reviews(), folder);
        byte[] graph = Files.readAllBytes(folder.resolve(Head.GRAPH));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve(Head.GRAPH), graph);

        assertThatThrownBy(() -> StudentReader.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("not of one training");
    }

    @Test
    void tooFewReviews_areRefused() {
        List<LabelledReview> two = reviews().subList(0, 2);

        assertThatThrownBy(() -> new Distillation(SMALL, (step, steps) -> {}).train(two, folder))
                .isInstanceOf(RefusedInputException.class);
    }

    private static List<LabelledReview> reviews() {
        List<LabelledReview> reviews = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String thing = THINGS[i % THINGS.length];
            Review clean = review("The " + thing + " is so easy to clean. It came on day " + i + ".");
            Review broken = review("I bought the " + thing + " for my daughter. It broke after " + (i + 2) + " weeks.");
            reviews.add(new LabelledReview(
                    clean,
                    "",
                    List.of(motivation(
                            clean, Side.ITEM, Facet.CONVENIENCE, Polarity.POSITIVE, "is so easy to clean"))));
            reviews.add(new LabelledReview(
                    broken,
                    "",
                    List.of(
                            motivation(broken, Side.USER, Facet.SOCIAL, Polarity.NEUTRAL, "for my daughter"),
                            motivation(
                                    broken,
                                    Side.ITEM,
                                    Facet.DURABILITY,
                                    Polarity.NEGATIVE,
                                    "broke after " + (i + 2) + " weeks"))));
        }
        return reviews;
    }

    private static Motivation motivation(Review review, Side side, Facet facet, Polarity polarity, String evidence) {
        return new Motivation(
                side,
                facet,
                polarity,
                "a reason",
                evidence,
                Field.TEXT,
                review.text().indexOf(evidence),
                0.6,
                0.9);
    }

    private static Review review(String text) {
        return new Review(text, "u", "i", 4, 0, "", text, "");
    }
}
