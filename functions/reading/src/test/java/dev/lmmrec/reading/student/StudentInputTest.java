package dev.lmmrec.reading.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.student.StudentInput.Seen;
import dev.lmmrec.reading.text.Token;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StudentInputTest {

    private static StudentInput input;

    @BeforeAll
    static void open() {
        input = new StudentInput();
    }

    @AfterAll
    static void close() {
        input.close();
    }

    @Test
    void reviewsThatDifferInHiddenWordsAlone_areTheSameToTheEncoder() {
        Seen kettle = input.hiding(review("I love how quiet the kettle is."), StudentInputTest::isThing);
        Seen lamp = input.hiding(review("I love how quiet the lamp is."), StudentInputTest::isThing);

        assertThat(lamp.vectors()).isEqualTo(kettle.vectors());
        assertThat(input.of(review("I love how quiet the lamp is.")).vectors()).isNotEqualTo(lamp.vectors());
    }

    @Test
    void hiddenWords_keepTheirPlacesAndLooks() {
        Review review = review("I love how quiet the kettle is.");
        Seen hidden = input.hiding(review, StudentInputTest::isThing);

        assertThat(hidden.tokens()).isEqualTo(input.of(review).tokens());
        assertThat(hidden.looks()).isDeepEqualTo(input.of(review).looks());
    }

    private static boolean isThing(Token token) {
        return Set.of("kettle", "lamp").contains(token.word());
    }

    private static Review review(String text) {
        return new Review("r", "u", "i", 5, 0, "", text, "test");
    }
}
