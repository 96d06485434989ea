package dev.lmmrec.reading.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.reading.Reading;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearReaderTest {

    private static final LinearReader READER = LinearReader.load();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    5 | It is very easy to set up.                          | easy to set up  | convenience | POSITIVE
                    5 | Great price for what you get.                       | price           | price       | POSITIVE
                    2 | The cover broke after three weeks.                  | broke           | durability  | NEGATIVE
                    5 | It has lasted for years.                            | lasted          | durability  | POSITIVE
                    2 | The plastic feels cheap and flimsy.                 | flimsy          | quality     | NEGATIVE
                    5 | It arrived on time and was well packaged.           | arrived on time | service     | POSITIVE
                    """)
    void trait_inPlainWords_isFoundWithItsFacetAndPolarity(
            double rating, String text, String words, String facet, Polarity polarity) {
        assertThat(motivations(Reviews.of("", text, rating))).anySatisfy(motivation -> {
            assertThat(motivation.side()).isEqualTo(Side.ITEM);
            assertThat(motivation.evidence()).contains(words);
            assertThat(motivation.facet()).isEqualTo(new Facet(facet));
            assertThat(motivation.polarity()).isEqualTo(polarity);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    I bought this for my daughter.                         | buys
                    I needed a small light for the kitchen.                | needs
                    I was looking for something to use at home.            | looks
                    """)
    void need_ofThePerson_isFoundOnTheUserSideAndBeginsWithAVerb(String text, String verb) {
        assertThat(motivations(Reviews.of(text))).anySatisfy(motivation -> {
            assertThat(motivation.side()).isEqualTo(Side.USER);
            assertThat(motivation.statement()).startsWith(verb).doesNotContain(" my ");
        });
    }

    @Test
    void clause_thatAPersonSaysOfThemselvesAlone_isOnTheUserSide() {
        assertThat(motivations(Reviews.of("I'm hard on my gear. The tent is light.")))
                .anySatisfy(motivation -> {
                    assertThat(motivation.evidence()).contains("hard on my gear");
                    assertThat(motivation.side()).isEqualTo(Side.USER);
                });
    }

    @Test
    void bareVerdict_givesNoMotivation() {
        assertThat(motivations(Reviews.of("Five Stars", "Great!", 5))).isEmpty();
    }

    @Test
    void kind_isTheNounThatTheReviewerPointsAt() {
        Reading found = READER.read(
                Reviews.of("This kettle boils fast. These are a good deal. I love this little kettle. This is great."));

        assertThat(found.kind()).containsExactly("kettle");
    }

    @Test
    void sameReview_twice_givesTheSame() {
        Review review = Reviews.of("Love it", "Easy to clean, but the handle is loose. I use it every day.", 4);

        assertThat(READER.read(review)).isEqualTo(READER.read(review));
        assertThat(READER.id()).isEqualTo(LinearReader.load().id());
    }

    @Test
    void reviews_readByManyThreads_giveTheSameAsByOne() {
        List<Review> reviews = IntStream.range(0, 200)
                .mapToObj(i -> Reviews.of("Number " + i + " works well. It is easy to use and the price is good."))
                .toList();

        assertThat(reviews.parallelStream().map(READER::read).toList())
                .isEqualTo(reviews.stream().map(READER::read).toList());
    }

    /** Whatever the text: every evidence stands at its place, and every statement keeps its form. */
    @Test
    void anyText_givesEvidenceAtItsPlaceAndWellFormedStatements() {
        long seed = 42;
        Random random = new Random(seed);
        String[] words =
                ("I my we it is was great bad easy price broke bought for son Fender X100 \ud83c\udfb8 caf\u00e9 . ! , and"
                                + " but the to use sound looks don\u2019t never \u0437\u0432\u0443\u043a \u97f3 very my daughter needed"
                                + " home gift cheap years &#34; ... ( ) AMAZING I'm I've")
                        .split(" ", -1);
        for (int run = 0; run < 500; run++) {
            StringBuilder text = new StringBuilder("so");
            int length = 1 + random.nextInt(60);
            for (int i = 0; i < length; i++) {
                text.append(random.nextInt(12) == 0 ? "\n" : " ").append(words[random.nextInt(words.length)]);
            }
            Review review = Reviews.of("", text.toString(), 1 + random.nextInt(5));

            List<Motivation> found = motivations(review);

            for (Motivation motivation : found) {
                String field = motivation.field() == Field.TITLE ? review.title() : review.text();
                assertThat(field).as("seed %d run %d <%s>", seed, run, text).satisfies(whole -> assertThat(
                                whole.startsWith(motivation.evidence(), motivation.start()))
                        .isTrue());
                assertThat(motivation.statement())
                        .as("seed %d run %d <%s>", seed, run, text)
                        .doesNotContain("X100", "  ")
                        .isEqualTo(motivation.statement().strip());
                assertThat(motivation.statement().split(" ", -1))
                        .as("seed %d run %d <%s>", seed, run, text)
                        .hasSizeBetween(3, 10);
            }
        }
    }

    @Test
    void longestText_isReadToItsLimit() {
        assertThat(motivations(Reviews.of("It is very easy to use. ".repeat(800))))
                .hasSizeBetween(1, 8);
    }

    private static List<Motivation> motivations(Review review) {
        return READER.read(review).motivations();
    }
}
