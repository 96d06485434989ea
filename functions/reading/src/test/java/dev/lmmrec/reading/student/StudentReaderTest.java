package dev.lmmrec.reading.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentReaderTest {

    private static StudentReader student;

    @BeforeAll
    static void load() {
        student = StudentReader.bundled();
    }

    @AfterAll
    static void close() {
        student.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    5 | It is very easy to set up.                          | easy to set up  | convenience | POSITIVE
                    2 | The cover broke after three weeks.                  | broke           | durability  | NEGATIVE
                    5 | This is a great price for what you get.             | great price     | price       | POSITIVE
                    """)
    void trait_inPlainWords_isFoundWithItsFacetAndPolarity(
            double rating, String text, String words, String facet, Polarity polarity) {
        assertThat(student.read(Reviews.of("", text, rating)).motivations()).anySatisfy(motivation -> {
            assertThat(motivation.side()).isEqualTo(Side.ITEM);
            assertThat(motivation.evidence()).contains(words);
            assertThat(motivation.facet().name()).isEqualTo(facet);
            assertThat(motivation.polarity()).isEqualTo(polarity);
        });
    }

    @Test
    void need_ofThePerson_isFoundOnTheUserSide() {
        assertThat(student.read(Reviews.of("I bought this for my daughter who is learning to play."))
                        .motivations())
                .anyMatch(motivation ->
                        motivation.side() == Side.USER && motivation.evidence().contains("daughter"));
    }

    @Test
    void bareVerdict_givesNoMotivation() {
        assertThat(student.read(Reviews.of("Five Stars", "Great!", 5)).motivations())
                .isEmpty();
    }

    /** Whatever the text: every evidence stands at its place, and every statement keeps its form. */
    @Test
    void anyText_givesEvidenceAtItsPlaceAndWellFormedStatements() {
        long seed = 21;
        Random random = new Random(seed);
        String[] words =
                ("I my we it is was great bad easy price broke bought for son Fender X100 \ud83c\udfb8 caf\u00e9 . ! , and"
                                + " but the to use sound looks don\u2019t never \u0437\u0432\u0443\u043a \u97f3 very needed"
                                + " home gift cheap years &#34; ... ( ) AMAZING I'm \ufe0f \u200d")
                        .split(" ", -1);
        int found = 0;
        for (int run = 0; run < 60; run++) {
            StringBuilder text = new StringBuilder("so");
            int length = 1 + random.nextInt(80);
            for (int i = 0; i < length; i++) {
                text.append(' ').append(words[random.nextInt(words.length)]);
            }
            Review review = Reviews.of("It was great", text.toString(), 1 + random.nextInt(5));

            for (Motivation motivation : student.read(review).motivations()) {
                String field = motivation.field() == Field.TITLE ? review.title() : review.text();
                assertThat(field.substring(motivation.start()))
                        .as("seed %d run %d <%s>", seed, run, text)
                        .startsWith(motivation.evidence());
                assertThat(motivation.statement().split(" ", -1))
                        .as("seed %d run %d <%s>", seed, run, text)
                        .hasSizeBetween(3, 10);
                found++;
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void reviews_readByManyThreads_giveTheSameAsByOne() {
        List<Review> reviews = IntStream.range(0, 40)
                .mapToObj(i -> Reviews.of("Number " + i + " works well. It is easy to use and the price is good."))
                .toList();

        assertThat(reviews.parallelStream().map(student::read).toList())
                .isEqualTo(reviews.stream().map(student::read).toList());
    }

    @Test
    void longReview_isReadInWindowsToItsEnd() {
        String filler = "We went there on a day in May and saw it. ".repeat(120);
        List<Motivation> found = student.read(Reviews.of(filler + "The cover broke after three weeks."))
                .motivations();

        assertThat(found).anySatisfy(motivation -> {
            assertThat(motivation.evidence()).contains("broke");
            assertThat(motivation.start()).isGreaterThanOrEqualTo(filler.length());
        });
    }

    @Test
    void reviewWithoutAnyWordPiece_givesNothing() {
        assertThat(student.read(Reviews.of("\u200b")).motivations()).isEmpty();
        assertThat(new TwiceReader(student).read(Reviews.of("\u200b")).motivations())
                .isEmpty();
    }

    @Test
    void secondReadingThatHidesNothing_showsWhatOneReadingShows() {
        Review review = Reviews.of("I bought this for my daughter. It is very easy to set up, but it broke.");

        assertThat(student.readTwice(review, token -> false)).isEqualTo(student.read(review));
        assertThat(new TwiceReader(student).read(review)).isNotEqualTo(student.read(review));
    }

    @Test
    void wordOfThousandsOfLetters_isReadAsFarAsAWindowGoes() {
        assertThat(student.read(Reviews.of("x1y2".repeat(2_000) + " It is very easy to use."))
                        .motivations())
                .anyMatch(motivation -> motivation.evidence().contains("easy to use"));
    }

    @Test
    void manifest_saysWhatItWasTrainedOn() {
        assertThat(student.head().data()).containsKeys("reviews", "labelsSha256");
        assertThat(student.head().settings()).containsKey("seed");
        assertThat(student.id()).startsWith("student-");
    }
}
