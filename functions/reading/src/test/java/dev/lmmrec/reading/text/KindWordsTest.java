package dev.lmmrec.reading.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.label.SharedLabels;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindWordsTest {

    private static KindWords kinds;

    @BeforeAll
    static void readResources() throws IOException {
        kinds = new KindWords(new TextResources().cues());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    I love this strap.                     | strap
                    This pedal may hum.                    | pedal
                    This capo might slip.                  | capo
                    Use this kettle since it boils.        | kettle
                    This is a tuner which works.           | tuner
                    These two picks are thin.              | picks
                    Give this pedal a try.                 | pedal
                    I have this mixer now.                 | mixer
                    These strings around the neck are new. | strings
                    """)
    void noun_isWhatStandsBeforeWordsOfGrammar(String text, String noun) {
        assertThat(kindOf(Reviews.of(text))).containsExactly(noun);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I carry this around.",
                "This may hum.",
                "Are these the best?",
                "I own this now.",
                "I would give this a try.",
                "Try this try that.",
                "These come in a box.",
                "This must be it.",
                "I use these two.",
                "This might hum.",
                "I have had this since May.",
                "This these, I mean.",
                "Make this your own.",
                "I give these them.",
                "Buy this some day.",
                "This which I like.",
                "This why I like it.",
                "This dont work.",
            })
    void wordOfGrammar_isNoKindOfThing(String text) {
        assertThat(kindOf(Reviews.of(text))).isEmpty();
    }

    @Test
    void realReviews_callThingsByNouns() throws IOException {
        List<LabelledReview> reviews = SharedLabels.read("musical-instruments", "musical-instruments");
        Map<String, Long> counts = reviews.stream()
                .flatMap(labelled -> kindOf(labelled.review()).stream())
                .collect(Collectors.groupingBy(word -> word, Collectors.counting()));

        assertThat(counts)
                .doesNotContainKeys(
                        ("around may the now try give come must two might since these your them some which why dont"
                                        + " today until what")
                                .split(" ", -1))
                .containsKeys("strings", "pedal", "stand", "picks", "strap", "capo");
    }

    private static List<String> kindOf(Review review) {
        return kinds.of(Sentence.of(review));
    }
}
