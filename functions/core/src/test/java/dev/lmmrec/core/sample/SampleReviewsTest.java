package dev.lmmrec.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.review.ReviewDraft;
import dev.lmmrec.core.sample.Sample.Item;
import dev.lmmrec.core.sample.Sample.Planted;
import dev.lmmrec.core.sample.Sample.PlantedMotivation;
import dev.lmmrec.core.sample.Sample.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleReviewsTest {

    private static final Path FILES = Path.of("..", "..", "models", "sample");

    private final Sample sample = SampleReviews.generate(SampleReviews.SEED);

    @Test
    void bundledFiles_seed_areWhatTheProgramWrites() throws IOException {
        assertThat(Files.readString(FILES.resolve("reviews.jsonl"))).isEqualTo(SampleReviews.reviewLines(sample));
        assertThat(Files.readString(FILES.resolve("planted.jsonl"))).isEqualTo(SampleReviews.plantedLines(sample));
    }

    @Test
    void sample_anotherSeed_saysSomethingElse() {
        assertThat(SampleReviews.reviewLines(SampleReviews.generate(1)))
                .isNotEqualTo(SampleReviews.reviewLines(sample));
    }

    @Test
    void reviews_size_isThatOfTheIssue() {
        assertThat(sample.users()).hasSize(80);
        assertThat(sample.items()).hasSizeBetween(55, 65);
        assertThat(sample.reviews()).hasSizeBetween(550, 650);
        assertThat(sample.reviews().stream().map(p -> p.review().itemId()).distinct())
                .hasSameSizeAs(sample.items());
    }

    @Test
    void reviews_check_acceptsEachWithoutNote() {
        ReviewCheck check = new ReviewCheck(Clock.systemUTC());
        for (Planted planted : sample.reviews()) {
            Review review = planted.review();
            assertThat(check.check(new ReviewDraft(
                            review.reviewId(),
                            review.userId(),
                            review.itemId(),
                            review.rating(),
                            review.time(),
                            review.title(),
                            review.text(),
                            review.source())))
                    .isEqualTo(new CheckedReview.Accepted(review, java.util.List.of()));
        }
    }

    @Test
    void evidence_field_standsWhereItIsSaidTo() {
        for (Planted planted : sample.reviews()) {
            for (PlantedMotivation motivation : planted.motivations()) {
                String field = motivation.field() == Field.TITLE
                        ? planted.review().title()
                        : planted.review().text();
                assertThat(field.substring(motivation.start())).startsWith(motivation.evidence());
            }
        }
    }

    @Test
    void plantedMotivations_usersAndItems_areTheirNeedsAndTraits() {
        Map<String, User> users = sample.users().stream().collect(Collectors.toMap(User::userId, Function.identity()));
        Map<String, Item> items = sample.items().stream().collect(Collectors.toMap(Item::itemId, Function.identity()));
        for (Planted planted : sample.reviews()) {
            for (PlantedMotivation motivation : planted.motivations()) {
                if (motivation.side() == Side.USER) {
                    assertThat(users.get(planted.review().userId()).needs()).contains(motivation.theme());
                } else {
                    assertThat(items.get(planted.review().itemId()).traits())
                            .containsEntry(motivation.theme(), motivation.polarity());
                }
            }
        }
    }

    @Test
    void words_text_haveNoTraceOfTheTemplates() {
        for (Planted planted : sample.reviews()) {
            assertThat(planted.review().title() + planted.review().text())
                    .doesNotContainPattern("[«»{}<>|$~@_]|  | [,.!]|\\.\\.")
                    .isNotBlank();
        }
    }

    @Test
    void phrases_oneTraitOrNeed_varyInTheirWords() {
        Map<String, Long> wordings = sample.reviews().stream()
                .flatMap(planted -> planted.motivations().stream())
                .collect(Collectors.groupingBy(
                        motivation -> motivation.side() + " " + motivation.theme() + " " + motivation.polarity(),
                        Collectors.mapping(
                                motivation -> motivation.evidence().toLowerCase(Locale.ROOT),
                                Collectors.collectingAndThen(Collectors.toSet(), words -> (long) words.size()))));
        for (Theme need : Theme.needs()) {
            assertThat(wordings.get("USER " + need + " NEUTRAL"))
                    .as("need " + need)
                    .isGreaterThanOrEqualTo(15);
            assertThat(wordings.get("ITEM " + need + " POSITIVE"))
                    .as("trait " + need)
                    .isGreaterThanOrEqualTo(20);
        }
        Map<String, Long> texts = sample.reviews().stream()
                .collect(Collectors.groupingBy(p -> p.review().text(), Collectors.counting()));
        assertThat(texts.values()).allMatch(count -> count == 1);
    }

    @Test
    void choices_needs_areFollowedFarMoreOftenThanByChance() {
        Map<String, User> users = sample.users().stream().collect(Collectors.toMap(User::userId, Function.identity()));
        Map<String, Item> items = sample.items().stream().collect(Collectors.toMap(Item::itemId, Function.identity()));
        double chosen = sample.reviews().stream()
                .filter(p -> items.get(p.review().itemId())
                                .answers(users.get(p.review().userId()))
                        > 0)
                .count();
        double offered = sample.users().stream()
                .mapToLong(user -> sample.items().stream()
                        .filter(item -> item.answers(user) > 0)
                        .count())
                .sum();
        double chosenShare = chosen / sample.reviews().size();
        double offeredShare = offered / (sample.users().size() * sample.items().size());
        assertThat(chosenShare).isGreaterThan(1.7 * offeredShare);
    }

    @Test
    void ratings_failedNeeds_areLowerThanAnsweredOnes() {
        assertThat(meanRating(Polarity.NEGATIVE)).isLessThan(meanRating(Polarity.POSITIVE) - 1);
        assertThat(sample.reviews().stream().map(p -> p.review().rating()).distinct())
                .containsExactlyInAnyOrder(1.0, 2.0, 3.0, 4.0, 5.0);
    }

    private double meanRating(Polarity told) {
        return sample.reviews().stream()
                .filter(p -> p.motivations().stream()
                        .anyMatch(motivation -> motivation.side() == Side.ITEM && motivation.polarity() == told))
                .mapToDouble(p -> p.review().rating())
                .average()
                .orElseThrow();
    }
}
