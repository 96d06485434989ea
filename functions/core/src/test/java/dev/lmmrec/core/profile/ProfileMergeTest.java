package dev.lmmrec.core.profile;

import static dev.lmmrec.core.profile.Rows.motivation;
import static dev.lmmrec.core.profile.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileMergeTest {

    private static final ProfileKey USER = ProfileKey.user("u");
    private static final ProfileKey ITEM = ProfileKey.item("i");

    private final ProfileMerge merge = new ProfileMerge();

    @Test
    void noRows_noProfile() {
        assertThat(merge.merge(USER, List.of())).isEmpty();
    }

    @Test
    void rows_ofOneUser_becomeItsProfile() {
        Profile profile = profile(USER, row("a", 5, 1, motivation("light", 0.5)), row("b", 9, 1));

        assertThat(profile.reviewCount()).isEqualTo(2);
        assertThat(profile.meanRating()).isEqualTo(4);
        assertThat(profile.interactions())
                .containsExactly(new Interaction("b", "i", 4, 9), new Interaction("a", "i", 4, 5));
        assertThat(profile.kind()).isEmpty();
        assertThat(profile.text()).isEqualTo("light");
        assertThat(profile.textVector()).isNull();
        assertThat(profile.revision()).isZero();
    }

    @Test
    void rows_ofOneItem_tellWhatKindOfThingItIs() {
        Profile profile = profile(ITEM, row("a", 5, 1, motivation("light", 0.5)));
        assertThat(profile.kind()).containsExactly("stove");
        assertThat(profile.text()).isEqualTo("stove; light");
        assertThat(profile.interactions()).containsExactly(new Interaction("a", "u", 4, 5));
    }

    @Test
    void kind_ofAnItemWithSeveralReviews_isWhatSeveralCallIt() {
        List<ReviewMotivations> rows = List.of(
                called("a", "This tent was overdue", List.of("tent", "overdue")),
                called("b", "A fine tent", List.of()),
                called("c", "Stands in any wind", List.of()),
                called("d", "Tent and pegs", List.of("pegs")));

        assertThat(merge.merge(ITEM, rows).orElseThrow().kind()).containsExactly("tent");
    }

    @Test
    void kind_inSingularAndPlural_isOneKindThatAllItsReviewsName() {
        List<ReviewMotivations> rows = List.of(
                called("a", "Fine", List.of("guitar string", "battery")),
                called("b", "Guitar strings that last", List.of("guitar strings")),
                called("c", "My batteries and other strings", List.of("guitar strings")),
                called("d", "The T-Shirt", List.of("t-shirt")),
                called("e", "One t shirt more", List.of("t shirt")));

        assertThat(merge.merge(ITEM, rows).orElseThrow().kind())
                .containsExactly("guitar strings", "battery", "t shirt");
    }

    @Test
    void kinds_thatMeanTheSame_areOneUnderTheMostUsedName_whateverTheOrder() {
        Map<String, DenseVector> meanings = Map.of(
                "mic", DenseVector.of(1, 0),
                "microphone", DenseVector.of(0.9f, 0.436f),
                "cable", DenseVector.of(0.6f, -0.8f));
        ProfileMerge byMeaning = new ProfileMerge(words -> Optional.ofNullable(meanings.get(words)));
        List<ReviewMotivations> rows = new ArrayList<>(List.of(
                called("a", "", List.of("mic")),
                called("b", "", List.of("microphone")),
                called("c", "", List.of("mic", "cable")),
                called("d", "", List.of("cable", "tripod"))));
        for (int i = 0; i < rows.size(); i++) {
            Collections.rotate(rows, 1);
            assertThat(byMeaning.merge(ITEM, rows).orElseThrow().kind()).containsExactly("mic", "cable");
        }
        assertThat(merge.merge(ITEM, rows).orElseThrow().kind())
                .as("without meanings one review is not enough for microphone")
                .containsExactly("cable", "mic");
    }

    private static ReviewMotivations called(String reviewId, String text, List<String> kind) {
        Review review = new Review(reviewId, "author of " + reviewId, "i", 4, 1, "", text, "");
        return ReviewMotivations.of(review, 1, "test", List.of(), kind, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void rows_orderAndRepetition_doNotMatter(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            List<ReviewMotivations> rows = Rows.random(random, 1 + random.nextInt(25));
            List<ReviewMotivations> delivered = new ArrayList<>(rows);
            for (ReviewMotivations row : rows) {
                if (random.nextInt(3) == 0) {
                    delivered.add(row);
                }
            }
            Collections.shuffle(delivered, random);
            for (ProfileKey key : List.of(USER, ITEM)) {
                assertThat(merge.merge(key, delivered))
                        .as("seed " + seed + " round " + round)
                        .isEqualTo(merge.merge(key, rows));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void rowsOfAnItem_byAnyAuthorsOnAnyDays_areMergedAlikeInAnyOrder_andKeepTheShares(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<ReviewMotivations> rows = Rows.randomOfItem(random, 1 + random.nextInt(60));
            List<ReviewMotivations> delivered = new ArrayList<>(rows);
            Collections.shuffle(delivered, random);

            Profile profile = merge.merge(ITEM, rows).orElseThrow();

            assertThat(merge.merge(ITEM, delivered))
                    .as("seed %d round %d", seed, round)
                    .contains(profile);
            long authors =
                    rows.stream().map(ReviewMotivations::userId).distinct().count();
            int counted = profile.reviewCount() - profile.held(Held.REPEATED) - profile.held(Held.BURST);
            assertThat((long) counted).as("seed %d round %d", seed, round).isBetween(1L, authors);
            assertThat(profile.motivations())
                    .as("seed %d round %d", seed, round)
                    .allMatch(motivation -> motivation.support() <= counted
                            && motivation.fresh() <= motivation.support()
                            && motivation.fresh() > 0);
        }
    }

    /**
     * What is known is chosen so that forgetting in between changes nothing, in any order, as long as not both limits
     * are met: that of a day, and by somebody that of an author. What shows then is said in ADR 1.
     *
     * @param authors of 100 reviews: each speaks once, or up to his limit, or far beyond it
     * @param crowdedTenths tenths of the reviews that are of one day
     */
    @ParameterizedTest
    @CsvSource({"21, 100, 7", "22, 100, 7", "23, 100, 7", "24, 34, 7", "25, 34, 8", "26, 34, 9", "27, 5, 0", "28, 9, 2"
    })
    void rowsOfAnItem_deliveredInParts_endInTheProfileOfAll(long seed, int authors, int crowdedTenths) {
        Random random = new Random(seed);
        List<ReviewMotivations> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int day = random.nextInt(10) < crowdedTenths ? 20 : random.nextInt(40);
            long time = 86_400L * day + random.nextInt(50);
            rows.add(Rows.rowBy("u" + i % authors, "r" + i, time, 1, motivation("reason " + random.nextInt(30), 0.5)));
        }
        Profile whole = merge.merge(ITEM, rows).orElseThrow();
        Map<String, ReviewMotivations> table = new HashMap<>();
        rows.forEach(row -> table.put(row.reviewId(), row));

        for (int order = 0; order < 20; order++) {
            Collections.shuffle(rows, random);
            List<ReviewMotivations> known = new ArrayList<>();
            Profile last = null;
            for (int start = 0; start < rows.size(); start += 7) {
                known.addAll(rows.subList(start, Math.min(rows.size(), start + 7)));
                last = merge.merge(ITEM, known).orElseThrow();
                known = new ArrayList<>(last.interactions().stream()
                        .map(interaction -> table.get(interaction.reviewId()))
                        .toList());
            }
            assertThat(last).as("seed %d order %d", seed, order).isEqualTo(whole);
        }
        assertThat(whole.reviewCount())
                .as("seed %d: the case is worth something, a limit is met", seed)
                .isLessThan(rows.size());
    }

    @Test
    void author_ofManyReviewsOfAnItem_speaksOnceWithTheLatest() {
        List<ReviewMotivations> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(Rows.rowBy("loud", "loud" + i, 86_400L * i, 1, motivation("so loud", 1)));
        }
        rows.add(Rows.rowBy("calm", "calm", 5, 1, motivation("packs small", 0.5)));

        Profile profile = merge.merge(ITEM, rows).orElseThrow();

        assertThat(profile.motivations())
                .extracting(ProfileMotivation::statement, ProfileMotivation::support)
                .containsExactly(tuple("so loud", 1), tuple("packs small", 1));
        assertThat(profile.interactions())
                .extracting(Interaction::reviewId)
                .containsExactly("loud39", "loud38", "loud37", "calm");
        assertThat(profile.held(Held.REPEATED)).isEqualTo(2);
        assertThat(profile.held(Held.BURST)).isZero();
        assertThat(profile.interactions().get(1).heldOrNull()).isEqualTo(Held.REPEATED);
    }

    @Test
    void burst_ofOneDay_waitsUntilOtherDaysHaveAsMuchToSay() {
        List<ReviewMotivations> rows = new ArrayList<>(onDay(100, 30, "burst"));
        assertThat(heldOf(rows)).isEqualTo(20);
        rows.addAll(onDay(101, 4, "a"));
        rows.addAll(onDay(102, 9, "b"));
        assertThat(heldOf(rows)).as("30 of one day against 13").isEqualTo(17);
        rows.addAll(onDay(103, 10, "c"));
        rows.addAll(onDay(104, 7, "d"));
        assertThat(heldOf(rows)).as("30 against 30").isZero();

        Profile flooded = merge.merge(ITEM, onDay(100, 400, "flood")).orElseThrow();
        assertThat(flooded.reviewCount()).isEqualTo(CountedReviews.DAY_REVIEWS_KEPT_MAX);
        assertThat(flooded.motivations())
                .singleElement()
                .extracting(ProfileMotivation::support)
                .isEqualTo(10);
    }

    @Test
    void bursts_ofTwoDays_doNotVouchForEachOther() {
        List<ReviewMotivations> rows = new ArrayList<>(onDay(100, 50, "monday"));
        rows.addAll(onDay(101, 50, "tuesday"));
        rows.addAll(onDay(102, 5, "calm"));

        assertThat(heldOf(rows))
                .as("of the first 10 count, of the second as many as of the others")
                .isEqualTo(75);
    }

    @Test
    void reviews_whoseTimeNobodyKnows_areNoBurst() {
        assertThat(heldOf(onDay(0, 60, "any"))).isZero();
    }

    private static List<ReviewMotivations> onDay(int day, int count, String name) {
        return IntStream.range(0, count)
                .mapToObj(i -> Rows.rowBy(name + i, name + i, 86_400L * day + i, 1, motivation("said on a day", 0.5)))
                .toList();
    }

    private int heldOf(List<ReviewMotivations> rows) {
        return merge.merge(ITEM, rows).orElseThrow().held(Held.BURST);
    }

    @Test
    void reason_notGivenForLong_weighsLessThanOneGivenLately() {
        long halfLife = ProfileMerge.HALF_LIFE.toSeconds();
        Profile profile = profile(
                USER,
                row("a", 0, 1, motivation("long ago", 0.5)),
                row("b", 0, 1, motivation("long ago", 0.5)),
                row("c", 2 * halfLife, 1, motivation("lately", 0.5)));

        assertThat(profile.motivations())
                .extracting(ProfileMotivation::statement, ProfileMotivation::support, ProfileMotivation::fresh)
                .containsExactly(tuple("lately", 1, 1.0), tuple("long ago", 2, 0.5));
    }

    @Test
    void text_tellsWhatMissedAfterWhatMet() {
        Profile profile = profile(
                ITEM,
                row(
                        "a",
                        5,
                        1,
                        new Motivation(
                                Side.ITEM, Facet.DESIGN, Polarity.NEGATIVE, "leaks", "leaks", Field.TEXT, 0, 1, 1),
                        motivation("light", 0.5)));
        assertThat(profile.text()).isEqualTo("stove; light; but: leaks");
    }

    @Test
    void vectors_ofAnotherEncoderThanTheLatest_areLeftOut() {
        Profile profile = profile(
                USER,
                row("a", 5, 1).withVectors(new ReviewVectors("old", DenseVector.of(1, 0, 0), List.of())),
                row("b", 6, 1).withVectors(new ReviewVectors("new", DenseVector.of(0, 1), List.of())));
        assertThat(profile.textVector()).isEqualTo(DenseVector.of(0, 1).atRest());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rows_any_keepEveryLimit(long seed) {
        Random random = new Random(seed);
        List<ReviewMotivations> rows = new ArrayList<>(Rows.random(random, 600));
        for (int i = 0; i < 300; i++) {
            rows.add(row("long" + i, 86_400L * (100 + i), 1, motivation("statement of some length, number " + i, 0.5)));
        }
        Profile profile = merge.merge(USER, rows).orElseThrow();

        assertThat(profile.interactions()).hasSize(ProfileMerge.REVIEWS_MAX);
        assertThat(profile.reviewCount()).isEqualTo(ProfileMerge.REVIEWS_MAX);
        assertThat(profile.motivations()).hasSize(ProfileMerge.MOTIVATIONS_MAX);
        assertThat(profile.motivations()).allMatch(m -> m.quotes().size() <= ProfileMerge.QUOTES_MAX);
        assertThat(profile.motivations().stream().map(ProfileMotivation::weight))
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(profile.interactions().stream().map(Interaction::time))
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(profile.text().length()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void revisions_ofOneReview_theLaterReceivedCounts() {
        Profile profile = profile(USER, row("a", 5, 2, motivation("new", 0.5)), row("a", 9, 1, motivation("old", 0.9)));
        assertThat(profile.reviewCount()).isEqualTo(1);
        assertThat(profile.motivations())
                .extracting(ProfileMotivation::statement)
                .containsExactly("new");
    }

    @Test
    void sameRow_withAndWithoutVectors_theVectorsCount() {
        ReviewMotivations bare = row("a", 5, 2);
        ReviewMotivations embedded = bare.withVectors(new ReviewVectors("test", DenseVector.of(0, 1), List.of()));
        assertThat(profile(USER, bare, embedded).textVector()).isNotNull();
        assertThat(profile(USER, embedded, bare).textVector()).isNotNull();
    }

    @Test
    void statements_ofTheSameWords_areOneReasonWithItsSupport() {
        Profile profile = profile(
                USER,
                row("a", 5, 1, motivation("packs small", 0.4)),
                row("b", 7, 1, motivation(" Packs SMALL", 0.8)),
                row("c", 6, 1, motivation("packs small", 0.6)));

        ProfileMotivation merged = profile.motivations().get(0);
        assertThat(profile.motivations()).hasSize(1);
        assertThat(merged.support()).isEqualTo(3);
        assertThat(merged.strength()).isCloseTo(0.6, within(1e-9));
        assertThat(merged.lastTime()).isEqualTo(7);
        assertThat(merged.statement()).isEqualTo(" Packs SMALL");
        assertThat(merged.quotes())
                .extracting(ProfileMotivation.Quote::reviewId)
                .containsExactly("b", "c", "a");
    }

    @Test
    void statements_ofNearVectors_areOneReason_ofFarOnesTwo() {
        assertThat(twoStatements(1f, 0.1f).motivations()).hasSize(1);
        assertThat(twoStatements(0.5f, 1f).motivations()).hasSize(2);
    }

    @Test
    void statements_ofAnotherSideFacetOrPolarity_stayApart() {
        Profile profile = profile(
                USER,
                row(
                        "a",
                        5,
                        1,
                        of(Side.ITEM, Facet.DESIGN, Polarity.POSITIVE),
                        of(Side.USER, Facet.DESIGN, Polarity.POSITIVE),
                        of(Side.ITEM, Facet.PRICE, Polarity.POSITIVE),
                        of(Side.ITEM, Facet.DESIGN, Polarity.NEGATIVE)));
        assertThat(profile.motivations()).hasSize(4);
    }

    @Test
    void statement_twiceInOneReview_isSupportedOnce() {
        Profile profile = profile(USER, row("a", 5, 1, motivation("light", 0.5), motivation("light", 0.7)));
        assertThat(profile.motivations())
                .singleElement()
                .extracting(ProfileMotivation::support)
                .isEqualTo(1);
    }

    @Test
    void support_more_weighsMore() {
        Profile profile = profile(
                USER,
                row("a", 5, 1, motivation("often", 0.5), motivation("once", 0.6)),
                row("b", 6, 1, motivation("often", 0.5)));
        assertThat(profile.motivations())
                .extracting(ProfileMotivation::statement)
                .containsExactly("often", "once");
    }

    @Test
    void text_tooLong_isNotCutInsideASurrogatePair() {
        Profile profile = profile(USER, row("a", 5, 1, motivation("x" + "\uD83D\uDE00".repeat(1_500), 0.5)));
        assertThat(profile.text()).hasSize(1_999).endsWith("\uD83D\uDE00");
    }

    @Test
    void row_ofSomebodyElse_isRefusedNamingTheReview() {
        assertThatThrownBy(() -> profile(ProfileKey.user("other"), row("a", 5, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("review a is not of user#other");
        assertThatThrownBy(() -> profile(ProfileKey.item("u"), row("a", 5, 1))).hasMessage("review a is not of item#u");
    }

    private Profile twoStatements(float x, float y) {
        return profile(
                USER,
                row("a", 5, 1, motivation("packs small", 0.5))
                        .withVectors(new ReviewVectors("test", DenseVector.of(1, 0), List.of(DenseVector.of(1, 0)))),
                row("b", 6, 1, motivation("takes no room", 0.5))
                        .withVectors(new ReviewVectors(
                                "test",
                                DenseVector.of(1, 0),
                                List.of(DenseVector.meanDirection(List.of(DenseVector.of(x, y)))))));
    }

    private static Motivation of(Side side, Facet facet, Polarity polarity) {
        return new Motivation(side, facet, polarity, "same words", "same words", Field.TEXT, 0, 0.5, 0.5);
    }

    private Profile profile(ProfileKey key, ReviewMotivations... rows) {
        return merge.merge(key, List.of(rows)).orElseThrow();
    }
}
