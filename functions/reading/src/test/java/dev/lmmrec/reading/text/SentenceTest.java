package dev.lmmrec.reading.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentenceTest {

    @Test
    void review_withTitleAndSentences_isReadInOrder() {
        List<Sentence> sentences =
                Sentence.of(Reviews.of("Nice one", "It works. I don\u2019t mind the 9-volt plug!", 5));

        assertThat(sentences).extracting(Sentence::field).containsExactly(Field.TITLE, Field.TEXT, Field.TEXT);
        assertThat(sentences.get(2).tokens())
                .extracting(Token::word)
                .containsExactly("i", "don't", "mind", "the", "9-volt", "plug", "!");
    }

    @Test
    void sentence_withoutEnd_isCutInPiecesOfBoundedLength() {
        assertThat(Sentence.of(Reviews.of("so good ".repeat(500))))
                .hasSizeGreaterThan(8)
                .allSatisfy(sentence -> assertThat(sentence.tokens()).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void anyText_isCutIntoTokensThatStandAtTheirPlaces() {
        long seed = 5;
        Random random = new Random(seed);
        for (int run = 0; run < 1_000; run++) {
            StringBuilder noise = new StringBuilder("x");
            for (int i = 0; i < 80; i++) {
                noise.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x10ffff) : 32 + random.nextInt(90));
            }
            Review review = Reviews.of(noise.toString());
            for (Sentence sentence : Sentence.of(review)) {
                for (int i = 0; i < sentence.tokens().size(); i++) {
                    assertThat(sentence.textOf(review, i, i))
                            .as("seed %d run %d", seed, run)
                            .isEqualTo(sentence.tokens().get(i).text())
                            .isNotBlank();
                }
            }
        }
    }
}
