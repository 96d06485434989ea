package dev.lmmrec.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.vector.DenseVector;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SentenceEncoderTest {

    private static final SentenceEncoder ENCODER = new SentenceEncoder();

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void vector_ofAnyText_has384ComponentsAndLengthOne() {
        for (String text : List.of("a", "Light tent for bike tours.", "  ", "😀 ünïcode — 漢字", "\n")) {
            DenseVector vector = ENCODER.encode(text);
            assertThat(vector.width()).isEqualTo(SentenceEncoder.WIDTH);
            assertThat(vector.dot(vector)).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void statements_ofOneMeaning_areNearerThanOthers() {
        DenseVector want = ENCODER.encode("wants a light tent for bike tours");
        double same = want.dot(ENCODER.encode("weighs next to nothing, made for cycling trips"));
        double other = want.dot(ENCODER.encode("the battery dies after an hour"));

        assertThat(same).isGreaterThan(other + 0.1);
    }

    @Test
    void text_beyondTheLimit_isCutAndNotRefused() {
        String longText = "stays warm in the cold night ".repeat(700);

        assertThat(ENCODER.encode(longText).dot(ENCODER.encode(longText + "and more")))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void encoding_byManyThreads_givesTheVectorsOfOne() {
        List<String> texts = IntStream.range(0, 40)
                .mapToObj(i -> "sentence number " + i + " of forty")
                .toList();
        List<DenseVector> alone = texts.stream().map(ENCODER::encode).toList();

        assertThat(texts.parallelStream().map(ENCODER::encode).toList()).isEqualTo(alone);
    }
}
