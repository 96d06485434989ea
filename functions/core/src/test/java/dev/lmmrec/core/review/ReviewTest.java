package dev.lmmrec.core.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReviewTest {

    private final Review review = new Review("r", "u", "i", 4, 9, "title", "text", "s");

    @Test
    void contentHash_idAndSource_doNotMatter() {
        assertThat(new Review("r2", "u", "i", 4, 9, "title", "text", "s2").contentHash())
                .isEqualTo(review.contentHash())
                .hasSize(64);
    }

    @Test
    void contentHash_anyOtherPart_matters() {
        assertThat(Stream.of(
                                review,
                                new Review("r", "u2", "i", 4, 9, "title", "text", "s"),
                                new Review("r", "u", "i2", 4, 9, "title", "text", "s"),
                                new Review("r", "u", "i", 4.5, 9, "title", "text", "s"),
                                new Review("r", "u", "i", 4, 10, "title", "text", "s"),
                                new Review("r", "u", "i", 4, 9, "titl", "etext", "s"),
                                new Review("r", "u", "i", 4, 9, "title", "text.", "s"))
                        .map(Review::contentHash))
                .doesNotHaveDuplicates();
    }
}
