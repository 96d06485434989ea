package dev.lmmrec.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lmmrec.core.forget.Traces;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.review.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The built zips and commands: a file is backfilled, then a user and a review are forgotten, and stay so. */
class ForgetIT {

    /** Longer than any id here, so that only quotes are looked for within texts. */
    private static final int QUOTE_LENGTH_MIN = 20;

    @Test
    void userAndReview_forgotten_areInNoTable_andDoNotComeBack_whileTheOthersStay() throws Exception {
        try (LiveSystem system = LiveSystem.start("forget", Map.of())) {
            Path reviews = system.logs().resolve("reviews.jsonl");
            Files.copy(system.sampleFile(), reviews);
            system.training("import", reviews.toString(), "--backfill", "--rate", "0");
            system.awaitIdle();
            List<ReviewMotivations> rows = system.allRows();
            assertThat(rows).hasSize(595);

            // the checkpoint says that the file is done; without it, every review is known
            Path checkpoint = reviews.resolveSibling("reviews.jsonl.backfill.json");
            Files.delete(checkpoint);
            system.training("import", reviews.toString(), "--backfill", "--rate", "0");
            JsonNode counts = system.json().readTree(checkpoint.toFile()).path("counts");
            assertThat(counts.path("known").asInt() + counts.path("sent").asInt())
                    .isEqualTo(595);
            assertThat(counts.path("known").asInt())
                    .as("all but those in which personal data was blotted")
                    .isGreaterThan(580);
            system.awaitIdle();

            String user = busiest(rows);
            List<ReviewMotivations> theirs =
                    rows.stream().filter(row -> row.userId().equals(user)).toList();
            ReviewMotivations one = rows.stream()
                    .filter(row ->
                            !row.userId().equals(user) && !row.motivations().isEmpty())
                    .findFirst()
                    .orElseThrow();
            Set<String> own = words(theirs, rows);
            own.add(user);
            theirs.forEach(row -> own.add(row.reviewId()));
            assertThat(traces(system, own)).as("before").isNotEmpty();

            Path outcome = system.logs().resolve("forget.json");
            system.training("forget", "--user", user, "--verify", "--json", outcome.toString());
            system.training("forget", "--review", one.reviewId(), "--verify");
            // as out of the dead letters, or by a file that is imported again
            system.send(List.of(system.body(theirs.get(0).review()), system.body(one.review())));
            system.awaitIdle();

            assertThat(system.json().readTree(outcome.toFile()).path("reviews").asInt())
                    .isEqualTo(theirs.size());
            own.add(one.reviewId());
            assertThat(traces(system, own)).isEmpty();
            assertThat(system.allRows()).hasSize(595 - theirs.size() - 1);
            assertThat(system.get("/v1/users/" + user + "/profile").status()).isEqualTo(404);
            assertThat(system.log("extraction")).contains("forgotten");

            // who comes back is a user like any other
            system.send(List.of(system.body(new Review(
                    "new-review",
                    user,
                    theirs.get(0).itemId(),
                    5,
                    System.currentTimeMillis() / 1_000 + 60,
                    "",
                    "I came back and this tent packs down to nothing.",
                    "test"))));
            system.awaitIdle();
            assertThat(system.rowsOfUser(user)).containsExactly("new-review");
            assertThat(profiles(system).scan().map(Profile::textVector)).allMatch(vector -> vector != null);
        }
    }

    private static String busiest(List<ReviewMotivations> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(ReviewMotivations::userId, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }

    /** Quotes of some reviews that stand in no other review. */
    private static Set<String> words(List<ReviewMotivations> theirs, List<ReviewMotivations> all) {
        List<String> others = all.stream()
                .filter(row -> !theirs.contains(row))
                .map(row -> row.review().title() + "\n" + row.review().text())
                .toList();
        Set<String> words = new HashSet<>();
        theirs.forEach(row -> row.motivations().stream()
                .map(motivation -> motivation.evidence())
                .filter(quote -> quote.length() >= QUOTE_LENGTH_MIN)
                .filter(quote -> others.stream().noneMatch(text -> text.contains(quote)))
                .forEach(words::add));
        assertThat(words).as("quotes of their own").isNotEmpty();
        return words;
    }

    private static List<String> traces(LiveSystem system, Set<String> words) {
        Traces traces = new Traces(system.deployment().clients().dynamoDb());
        List<String> found = new ArrayList<>();
        system.deployment()
                .resources()
                .tables()
                .values()
                .forEach(table -> found.addAll(traces.in(table, words, QUOTE_LENGTH_MIN)));
        return found;
    }

    private static ProfileStore profiles(LiveSystem system) {
        return new ProfileStore(
                system.deployment().clients().dynamoDb(),
                system.deployment().resources().tables().get("profiles"));
    }
}
