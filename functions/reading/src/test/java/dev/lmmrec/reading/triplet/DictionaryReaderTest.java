package dev.lmmrec.reading.triplet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.triplet.Triplet.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryReaderTest {

    private final DictionaryReader reader = new DictionaryReader(List.of(
            new LabelledSentence(
                    List.of("the", "battery", "life", "is", "short"),
                    List.of(new Triplet(new Words(1, 2), new Words(4, 4), Polarity.NEGATIVE))),
            new LabelledSentence(
                    List.of("great", "screen"),
                    List.of(new Triplet(new Words(1, 1), new Words(0, 0), Polarity.POSITIVE)))));

    @Test
    void knownWords_areFoundAndPairedWithTheNearest() {
        assertThat(reader.read(List.of("Great", "battery", "life", "and", "a", "short", "screen")))
                .containsExactly(
                        new Triplet(new Words(1, 2), new Words(0, 0), Polarity.POSITIVE),
                        new Triplet(new Words(6, 6), new Words(5, 5), Polarity.NEGATIVE));
    }

    @Test
    void unknownWords_giveNothing() {
        assertThat(reader.read(List.of("great", "soup"))).isEmpty();
        assertThat(reader.read(List.of())).isEmpty();
    }
}
