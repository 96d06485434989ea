package dev.lmmrec.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.encoder.SentenceEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WordMeaningsTest {

    private static final SentenceEncoder ENCODER = new SentenceEncoder();

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void kinds_namedInOtherWords_areOne_andThoseOfOtherThingsStayApart() {
        ProfileMerge merge = new ProfileMerge(new WordMeanings(ENCODER::encode));

        List<String> kinds = merge.merge(
                        ProfileKey.item("i"),
                        List.of(
                                called("a", "mic"),
                                called("b", "mic"),
                                called("c", "microphone"),
                                called("d", "headphones"),
                                called("e", "earphones"),
                                called("f", "mic stand"),
                                called("g", "mic stand")))
                .orElseThrow()
                .kind();

        assertThat(kinds).containsExactly("mic", "earphones", "mic stand");
    }

    @Test
    void word_askedForAgain_isNotEncodedAgain() {
        List<String> encoded = new ArrayList<>();
        WordMeanings meanings = new WordMeanings(word -> {
            encoded.add(word);
            return DenseVector.of(1, 0);
        });

        assertThat(meanings.of("tent")).isEqualTo(meanings.of("tent"));
        assertThat(encoded).containsExactly("tent");
    }

    private static ReviewMotivations called(String reviewId, String kind) {
        Review review = new Review(reviewId, "author of " + reviewId, "i", 4, 1, "", "Fine.", "");
        return ReviewMotivations.of(review, 1, "test", List.of(), List.of(kind), 0);
    }
}
