package dev.lmmrec.reading.triplet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.triplet.Triplet.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripletFileTest {

    @TempDir
    private Path folder;

    @Test
    void line_withTwoTriplets_isReadWithItsWords() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.txt"),
                "Great battery life , but no # key .####[([1, 2], [0], 'POS'), ([7], [5], 'NEG')]\n\n");

        List<LabelledSentence> sentences = new TripletFile(file).read();

        assertThat(sentences).hasSize(1);
        assertThat(sentences.get(0).words()).hasSize(9).startsWith("Great", "battery");
        assertThat(sentences.get(0).triplets())
                .containsExactly(
                        new Triplet(new Words(1, 2), new Words(0, 0), Polarity.POSITIVE),
                        new Triplet(new Words(7, 7), new Words(5, 5), Polarity.NEGATIVE));
        assertThat(TripletFile.looksLikeOne(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no border here",
                "a b####[([0], [9], 'POS')]",
                "a b####[([0], [1], 'GOOD')]",
                "a b####[([0], [], 'POS')]",
                "a b####[([0], [1], 'POS'), ([1])]"
            })
    void line_thatIsDamaged_isRefusedByItsNumber(String line) throws IOException {
        Path file = Files.write(folder.resolve("a.txt"), List.of("x y####[([0], [1], 'NEU')]", line));

        assertThatThrownBy(() -> new TripletFile(file).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.txt, line 2");
    }

    @Test
    void motives_areNotTakenForTriplets() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"text\":\"####\"}\n");

        assertThat(TripletFile.looksLikeOne(file)).isFalse();
    }
}
