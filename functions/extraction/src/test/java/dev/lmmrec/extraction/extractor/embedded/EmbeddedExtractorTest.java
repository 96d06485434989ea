package dev.lmmrec.extraction.extractor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.grounding.Grounded;
import dev.lmmrec.extraction.grounding.Grounding;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddedExtractorTest {

    private static final EmbeddedExtractor EXTRACTOR = EmbeddedExtractor.load();

    /** Whatever the text: no candidate is without evidence. */
    @Test
    void anyText_givesCandidatesThatAreAllGrounded() {
        long seed = 42;
        Random random = new Random(seed);
        String[] words =
                ("I my we it is was great bad easy price broke bought for son Fender X100 \ud83c\udfb8 caf\u00e9 . ! , and"
                                + " but the to use sound looks don\u2019t never \u0437\u0432\u0443\u043a \u97f3 very needed"
                                + " home gift cheap years &#34; ... ( ) AMAZING I'm I've")
                        .split(" ", -1);
        int found = 0;
        for (int run = 0; run < 200; run++) {
            StringBuilder text = new StringBuilder("so");
            int length = 1 + random.nextInt(60);
            for (int i = 0; i < length; i++) {
                text.append(' ').append(words[random.nextInt(words.length)]);
            }
            Review review = Reviews.of("", text.toString(), 1 + random.nextInt(5));

            Extracted extracted = (Extracted) EXTRACTOR.extract(review);
            Grounded grounded = new Grounding().ground(review, extracted.candidates());

            assertThat(grounded.ungrounded())
                    .as("seed %d run %d <%s>", seed, run, text)
                    .isZero();
            found += grounded.motivations().size();
        }
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void outcome_isWhatTheReaderRead() {
        Review review = Reviews.of("This kettle boils fast. It is very easy to clean.");

        Extracted extracted = (Extracted) EXTRACTOR.extract(review);

        assertThat(extracted.kind()).containsExactly("kettle");
        assertThat(new Grounding().ground(review, extracted.candidates()).motivations())
                .extracting(Motivation::evidence)
                .anyMatch(evidence -> evidence.contains("easy to clean"));
        assertThat(EXTRACTOR.id().value()).startsWith("embedded-");
    }
}
