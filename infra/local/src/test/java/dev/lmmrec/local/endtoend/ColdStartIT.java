package dev.lmmrec.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Users and items of whom one review is known and no interaction: from the review's arrival at the API to their being
 * ranked by the built zips, while the artefact stays. How long it takes is printed and not judged.
 */
class ColdStartIT {

    private static final int NEWCOMERS = 10;

    private static final double NANOS_PER_SECOND = 1e9;

    /** More than there are items. */
    private static final int ALL = 100;

    @Test
    void userAndItem_withOneReview_areRankedWithoutTraining() throws Exception {
        try (LiveSystem system = LiveSystem.start("cold-start", Map.of())) {
            system.training("import", system.sampleFile().toString());
            system.awaitIdle();
            system.training(
                    "train",
                    "--no-baselines",
                    "--no-refit",
                    "--epochs",
                    "5",
                    "--promote",
                    "--out",
                    system.logs().resolve("artefacts").toString());
            List<Review> telling = system.allRows().stream()
                    .filter(row -> row.motivations().size() > 1)
                    .map(ReviewMotivations::review)
                    .limit(NEWCOMERS + 1L)
                    .toList();
            String known = telling.get(0).userId();
            system.await(
                    "the artefact to be served",
                    () -> system.recommendations(known, ALL),
                    answer -> answer.path("strategy").asText().equals("personal"));

            List<Double> users = new ArrayList<>();
            List<Double> items = new ArrayList<>();
            for (int i = 1; i <= NEWCOMERS; i++) {
                String user = "new-user-" + i;
                String item = "new-item-" + i;
                Review like = telling.get(i);
                long posted = System.nanoTime();
                system.post(new Review(
                        "new-review-" + i, user, item, 5, like.time(), like.title(), like.text(), like.source()));
                JsonNode forUser = system.await(
                        "the new user to be ranked for by words",
                        () -> system.recommendations(user, ALL),
                        answer -> answer.path("strategy").asText().equals("text-only"));
                users.add((System.nanoTime() - posted) / NANOS_PER_SECOND);
                JsonNode withItem = system.await(
                        "the new item to be ranked", () -> system.recommendations(known, ALL), answer -> itemIds(answer)
                                .contains(item));
                items.add((System.nanoTime() - posted) / NANOS_PER_SECOND);

                assertThat(itemIds(forUser)).as("what the user has reviewed").doesNotContain(item);
                assertThat(withItem.path("modelVersion")).isEqualTo(forUser.path("modelVersion"));
                assertThat(system.getOk("/v1/items/" + item + "/similar?k=3").path("items"))
                        .hasSize(3);
            }
            print("user", users);
            print("item", items);
        }
    }

    private static List<String> itemIds(JsonNode answer) {
        return StreamSupport.stream(answer.path("items").spliterator(), false)
                .map(item -> item.path("itemId").asText())
                .toList();
    }

    private static void print(String what, List<Double> seconds) {
        List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "from the review's arrival to the new %s being ranked: median %.2f s, at most %.2f s; %s%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1),
                seconds.stream().map(s -> String.format(Locale.ROOT, "%.2f", s)).collect(Collectors.joining(" ")));
    }
}
