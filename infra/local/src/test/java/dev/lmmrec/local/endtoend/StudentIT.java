package dev.lmmrec.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The built zip with the student in it, within the memory that the description gives the function. */
class StudentIT {

    private static final String TEXT = "I play in small bars and needed a stand that travels well."
            + " It folds flat and is very light. Sadly the screws came loose after a week.";
    private static final int REVIEWS = 12;

    @Test
    void studentOfTheBuiltZip_readsReviews_inTheirOwnWords() throws Exception {
        try (LiveSystem system = LiveSystem.start("student", Map.of("LMMREC_EXTRACTOR", "student"))) {
            system.send(IntStream.range(0, REVIEWS)
                    .mapToObj(i -> system.body(
                            new Review("review-" + i, "user-" + i, "stand", 4, 1_700_000_000L, "", TEXT, "test")))
                    .toList());
            system.awaitIdle();

            List<ReviewMotivations> rows = system.allRows();
            assertThat(rows).hasSize(REVIEWS).allSatisfy(row -> {
                assertThat(row.extractorId()).startsWith("student");
                assertThat(row.motivations()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(motivation -> assertThat(TEXT)
                        .contains(motivation.evidence()));
            });
            assertThat(system.deployment().queueDepth("reviews-dlq")).isZero();
        }
    }
}
