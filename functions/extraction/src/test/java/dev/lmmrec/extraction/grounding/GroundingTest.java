package dev.lmmrec.extraction.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Invisible;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.extraction.extractor.Candidate;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroundingTest {

    private static final int PROPERTY_RUNS = 2_000;

    private final Grounding grounding = new Grounding();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    It keeps its charge for days.        | keeps its charge  | keeps its charge
                    It KEEPS  its\u00a0charge for days.  | keeps its charge  | KEEPS  its\u00a0charge
                    I don\u2019t mind the noise          | don't mind        | don\u2019t mind
                    a 10\u201d cable \u2013 good         | 10" cable - good  | 10\u201d cable \u2013 good
                    so\u200b comfort\u2060able           | so comfortable    | so\u200b comfort\u2060able
                    great cafe\u0301 on the corner       | Great caf\u00e9   | great cafe\u0301
                    nice caf\u00e9 here                  | cafe\u0301 HERE   | caf\u00e9 here
                    loud \ud83c\udfb8\ud83d\udd25 amp    | loud \ud83c\udfb8\ud83d\udd25 amp | loud \ud83c\udfb8\ud83d\udd25 amp
                    the rest\u2026 is fine               | rest... is fine   | rest\u2026 is fine
                    they said it hums                    | "said it hums"    | said it hums
                    """)
    void evidence_differingOnlyInItsDress_isStoredAsItStands(String text, String evidence, String stored) {
        Grounded grounded = grounding.ground(Reviews.of(text), List.of(candidate(evidence, "a reason here")));

        assertThat(grounded.motivations()).singleElement().satisfies(motivation -> {
            assertThat(motivation.evidence()).isEqualTo(stored);
            assertThat(text.substring(motivation.start())).startsWith(stored);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    It keeps its charge.       | holds its charge
                    a heartfelt song           | art
                    the caf\u00e9 was cold     | the cafe
                    the cafe\u0301 was cold    | the cafe
                    It is good. Very solid.    | It is solid
                    short                      | short but longer than the text
                    some words                 | ...
                    """)
    void evidence_thatDoesNotStandThere_isDroppedAndCounted(String text, String evidence) {
        Grounded grounded = grounding.ground(Reviews.of(text), List.of(candidate(evidence, "a reason here")));

        assertThat(grounded.motivations()).isEmpty();
        assertThat(grounded.ungrounded()).isEqualTo(1);
    }

    @Test
    void evidence_onlyInTheTitle_isLocatedThere() {
        Grounded grounded = grounding.ground(
                Reviews.of("Sturdy little box", "I like it", 5), List.of(candidate("little box", "x y z")));

        assertThat(grounded.motivations()).singleElement().satisfies(motivation -> {
            assertThat(motivation.field()).isEqualTo(Field.TITLE);
            assertThat(motivation.start()).isEqualTo(7);
        });
    }

    @Test
    void sameWordsTwice_forTwoReasons_getOnePlaceEach() {
        Grounded grounded = grounding.ground(
                Reviews.of("good sound at home, good sound on stage"),
                List.of(
                        candidate("good sound", "sounds good at home"),
                        candidate("good sound", "sounds good on stage")));

        assertThat(grounded.motivations()).extracting(Motivation::start).containsExactly(0, 20);
    }

    @Test
    void repeatedCandidates_ofOnePlaceOrOneStatement_stayOnceAndAreCounted() {
        Grounded grounded = grounding.ground(
                Reviews.of("It folds flat and it packs small."),
                List.of(
                        candidate("folds flat", "folds flat for travel"),
                        candidate("folds flat", "small when folded"),
                        candidate("packs small", "Folds flat for travel")));

        assertThat(grounded.motivations()).extracting(Motivation::evidence).containsExactly("folds flat");
        assertThat(grounded.repeated()).isEqualTo(2);
        assertThat(grounded.ungrounded()).isZero();
    }

    @Test
    void contradictoryPolarities_ofTheSameWordsOrTheSameStatement_halveTheConfidence() {
        Review review = Reviews.of("It is light, almost too light. The strap is wide. The price is fair.");
        Grounded grounded = grounding.ground(
                review,
                List.of(
                        opposed(Polarity.POSITIVE, "weighs little", "It is light"),
                        opposed(Polarity.NEGATIVE, "feels flimsy", "is light, almost too light"),
                        opposed(Polarity.POSITIVE, "has a wide strap", "The strap is wide"),
                        opposed(Polarity.NEGATIVE, "Has a wide strap", "strap"),
                        opposed(Polarity.NEUTRAL, "costs money", "The price is fair"),
                        opposed(Polarity.POSITIVE, "fair price", "price is fair")));

        assertThat(grounded.motivations())
                .extracting(Motivation::statement, Motivation::confidence)
                .containsExactlyInAnyOrder(
                        tuple("weighs little", 0.4),
                        tuple("feels flimsy", 0.4),
                        tuple("has a wide strap", 0.4),
                        tuple("Has a wide strap", 0.4),
                        tuple("costs money", 0.8),
                        tuple("fair price", 0.8));
    }

    @Test
    void oppositePolarities_ofTwoSidesOrTwoPlaces_areNoContradiction() {
        Grounded grounded = grounding.ground(
                Reviews.of("I hate noise. It is silent."),
                List.of(
                        new Candidate(
                                Side.USER, Facet.FUNCTION, Polarity.NEGATIVE, "hates noise", "hate noise", 1, 0.8),
                        new Candidate(Side.ITEM, Facet.FUNCTION, Polarity.POSITIVE, "no noise", "hate noise", 1, 0.8),
                        opposed(Polarity.POSITIVE, "is silent", "It is silent")));

        assertThat(grounded.motivations()).extracting(Motivation::confidence).containsExactly(0.8, 0.8, 0.8);
    }

    private static Candidate opposed(Polarity polarity, String statement, String evidence) {
        return new Candidate(Side.ITEM, Facet.DESIGN, polarity, statement, evidence, 0.5, 0.8);
    }

    @Test
    void candidate_withoutStatementOrQuotingTheWholeReview_isDropped() {
        String text = "word ".repeat(200);

        Grounded grounded = grounding.ground(
                Reviews.of(text), List.of(candidate("word word", " "), candidate(text, "quotes everything there is")));

        assertThat(grounded.motivations()).isEmpty();
        assertThat(grounded.ungrounded()).isEqualTo(2);
    }

    @Test
    void shares_outsideTheirRange_areBroughtIntoIt() {
        Candidate wild = new Candidate(
                Side.ITEM, Facet.PRICE, Polarity.POSITIVE, "cheap for what it is", "cheap", 7, Double.NaN);

        assertThat(grounding.ground(Reviews.of("so cheap"), List.of(wild)).motivations())
                .singleElement()
                .satisfies(motivation -> {
                    assertThat(motivation.strength()).isEqualTo(1);
                    assertThat(motivation.confidence()).isZero();
                });
    }

    @Test
    void motivations_ofManyCandidates_areLimitedAndStrongestFirst() {
        StringBuilder text = new StringBuilder();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            text.append("trait").append(i).append(". ");
            candidates.add(new Candidate(
                    Side.ITEM, Facet.FUNCTION, Polarity.POSITIVE, "has trait " + i, "trait" + i, i / 40.0, 1));
        }

        Grounded grounded = grounding.ground(Reviews.of(text.toString()), candidates);

        assertThat(grounded.motivations())
                .hasSize(Grounding.MOTIVATIONS_MAX)
                .isSortedAccordingTo((a, b) -> Double.compare(b.strength(), a.strength()));
        assertThat(grounded.repeated()).isEqualTo(40 - Grounding.MOTIVATIONS_MAX);
    }

    /** Whatever the text and however a quote of it is dressed: it is found, and what is stored stands at its offset. */
    @Test
    void anyQuote_inAnyDress_isFoundAndStoredVerbatim() {
        long seed = 4_711;
        Random random = new Random(seed);
        for (int run = 0; run < PROPERTY_RUNS; run++) {
            List<String> words = words(random, 3 + random.nextInt(20));
            String text = String.join(" ", words);
            int first = random.nextInt(words.size());
            int last = first + random.nextInt(words.size() - first);
            String quote = String.join(" ", words.subList(first, last + 1));
            String dressed = dressed(quote, random);

            Review review = Reviews.of(text);
            Grounded grounded = grounding.ground(review, List.of(candidate(dressed, "a reason here")));

            boolean quotable = quote.codePoints().anyMatch(Character::isLetterOrDigit)
                    && quote.length() <= Grounding.EVIDENCE_LENGTH_MAX;
            assertThat(grounded.motivations())
                    .as("seed %d run %d text <%s> quote <%s>", seed, run, text, dressed)
                    .hasSize(quotable ? 1 : 0);
            for (Motivation motivation : grounded.motivations()) {
                assertThat(text.startsWith(motivation.evidence(), motivation.start()))
                        .as("seed %d run %d text <%s> evidence <%s>", seed, run, text, motivation.evidence())
                        .isTrue();
            }
        }
    }

    /** Noise against noise: whatever is kept is verbatim, and every candidate is accounted for. */
    @Test
    void anyNoise_asEvidence_neverYieldsWordsThatAreNotThere() {
        long seed = 1_234;
        Random random = new Random(seed);
        for (int run = 0; run < PROPERTY_RUNS; run++) {
            String text = noise(random, 1 + random.nextInt(60));
            String title = noise(random, random.nextInt(10));
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                candidates.add(candidate(noise(random, 1 + random.nextInt(3)), "reason number " + i));
            }

            Grounded grounded = grounding.ground(Reviews.of(title, text, 3), candidates);

            int all = grounded.motivations().size() + grounded.ungrounded() + grounded.repeated();
            assertThat(all).as("seed %d run %d", seed, run).isEqualTo(candidates.size());
            for (Motivation motivation : grounded.motivations()) {
                String field = motivation.field() == Field.TEXT ? text : title;
                assertThat(field.startsWith(motivation.evidence(), motivation.start()))
                        .as("seed %d run %d text <%s> evidence <%s>", seed, run, text, motivation.evidence())
                        .isTrue();
            }
        }
    }

    private static final List<String> PIECES = List.of(
            "sound",
            "Stra\u00dfe",
            "caf\u00e9",
            "cafe\u0301",
            "don\u2019t",
            "it's",
            "\ud83c\udfb8",
            "\u2764\ufe0f",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "na\u00efve",
            "\u97f3\u8272",
            "\u0437\u0432\u0443\u043a",
            "10\u201d",
            "\u2014",
            "\"quoted\"",
            "A",
            "x",
            "\u0130zmir",
            "\u1e9e",
            "re-strung",
            "\u00c5ngstr\u00f6m",
            "z\u0324\u0308",
            "\u0e40\u0e2a\u0e35\u0e22\u0e07",
            "rest\u2026",
            "\ud835\udd38mp");

    private static List<String> words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(PIECES.get(random.nextInt(PIECES.size())));
        }
        return words;
    }

    private static String dressed(String quote, Random random) {
        String dressed = quote;
        if (random.nextBoolean()) {
            dressed = dressed.replace(
                    " ", List.of("  ", "\n", "\t ", "\u00a0", " \u2003").get(random.nextInt(5)));
        }
        if (random.nextBoolean()) {
            dressed = dressed.replace('\u2019', '\'').replace('\u201d', '"').replace('\u2014', '-');
        }
        if (random.nextBoolean()) {
            dressed = Normalizer.normalize(dressed, random.nextBoolean() ? Normalizer.Form.NFC : Normalizer.Form.NFD);
        }
        if (random.nextBoolean() && dressed.chars().allMatch(c -> c < 0x80)) {
            dressed = random.nextBoolean() ? dressed.toUpperCase(Locale.ROOT) : dressed.toLowerCase(Locale.ROOT);
        }
        if (random.nextBoolean()) {
            dressed = Invisible.strip(dressed);
        }
        return random.nextBoolean() ? "  " + dressed + "\n" : dressed;
    }

    private static String noise(Random random, int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> noise.append(PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> noise.append(' ');
                case 2 -> noise.append((char) ('a' + random.nextInt(4)));
                case 3 -> noise.append((char) (0x0300 + random.nextInt(0x30)));
                case 4 -> noise.append((char) random.nextInt(0x10000));
                default -> noise.appendCodePoint(random.nextInt(0x10ffff));
            }
        }
        return noise.toString();
    }

    private static Candidate candidate(String evidence, String statement) {
        return new Candidate(Side.ITEM, Facet.FUNCTION, Polarity.POSITIVE, statement, evidence, 0.5, 0.5);
    }
}
