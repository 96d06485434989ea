package dev.lmmrec.reading.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.testing.Reviews;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CuesTest {

    @Test
    void tokens_ofWordsPrefixesAndPhrases_getTheirClasses() throws IOException {
        Cues cues = cues("""
                # a comment
                [praise]
                good disappoint*  # a comment
                [looking]
                looking_for
                """);

        long[] bits = cues.of(tokens("Good strings, disappointing. Looking for looking"));

        assertThat(bits).containsExactly(1, 0, 0, 1, 0, 2, 2, 0);
    }

    @Test
    void entry_beforeTheFirstClass_isRefusedWithItsLine() {
        assertThatThrownBy(() -> cues("# comment\ngood\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: an entry before the first [class]");
    }

    @Test
    void class_thatDoesNotExist_isNamed() throws IOException {
        Cues cues = cues("[praise]\ngood\n");

        assertThatThrownBy(() -> cues.bit("prise")).hasMessageContaining("'prise'");
    }

    private static Cues cues(String lines) throws IOException {
        return Cues.read(new BufferedReader(new StringReader(lines)));
    }

    private static List<Token> tokens(String text) {
        return Sentence.of(Reviews.of(text)).stream()
                .flatMap(sentence -> sentence.tokens().stream())
                .toList();
    }
}
