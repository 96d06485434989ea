package dev.lmmrec.training.triplet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.triplet.LabelledSentence;
import dev.lmmrec.reading.triplet.TrainedReader;
import dev.lmmrec.reading.triplet.Triplet;
import dev.lmmrec.reading.triplet.Triplet.Words;
import dev.lmmrec.reading.triplet.TripletHead;
import dev.lmmrec.training.data.RefusedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TripletTrainingTest {

    private static final TripletSettings SMALL = new TripletSettings(2, 2, 30, 48, 4e-3, 3e-4, 0, 0);
    private static final List<String> ASPECTS = List.of("soup", "pasta", "wine", "bread", "coffee", "staff", "music");

    @TempDir
    private Path folder;

    /** Other aspects than in training, so that knowing them by heart is not enough. */
    @Test
    void reader_ofAFewSentences_findsThePairsOfOthers_eachWithItsSentiment() throws Exception {
        TripletHead head = new TripletTraining(SMALL, (step, steps) -> {}).train(sentences(), folder);

        assertThat(head.data()).containsEntry("sentences", "42");
        try (TrainedReader reader = TrainedReader.open(folder)) {
            assertThat(reader.read(List.of("the", "salad", "was", "great", "but", "the", "dessert", "was", "awful")))
                    .containsExactlyInAnyOrder(
                            new Triplet(new Words(1, 1), new Words(3, 3), Polarity.POSITIVE),
                            new Triplet(new Words(6, 6), new Words(8, 8), Polarity.NEGATIVE));
        }
    }

    @Test
    void sameSeed_twice_writesTheSameBytes() throws Exception {
        Path other = folder.resolve("other");
        new TripletTraining(SMALL.with(3, 1), (step, steps) -> {}).train(sentences(), folder);
        new TripletTraining(SMALL.with(3, 1), (step, steps) -> {}).train(sentences(), other);

        assertThat(other.resolve(TripletHead.GRAPH)).hasSameBinaryContentAs(folder.resolve(TripletHead.GRAPH));
    }

    @Test
    void graphOfAnotherTraining_isRefused() throws Exception {
        new TripletTraining(SMALL.with(3, 1), (step, steps) -> {})
                .train(sentences().subList(0, 2), folder);
        byte[] graph = Files.readAllBytes(folder.resolve(TripletHead.GRAPH));
        graph[graph.length / 2] ^= 1;
        Files.write(folder.resolve(TripletHead.GRAPH), graph);

        assertThatThrownBy(() -> TrainedReader.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not of one training");
    }

    @Test
    void oneSentence_isRefused() {
        assertThatThrownBy(() -> new TripletTraining(SMALL, (step, steps) -> {})
                        .train(sentences().subList(0, 1), folder))
                .isInstanceOf(RefusedInputException.class);
    }

    private static List<LabelledSentence> sentences() {
        List<LabelledSentence> sentences = new ArrayList<>();
        for (int i = 0; i < ASPECTS.size(); i++) {
            for (int j = 0; j < ASPECTS.size(); j++) {
                if (i != j) {
                    boolean goodFirst = (i + j) % 2 == 0;
                    sentences.add(new LabelledSentence(
                            List.of(
                                    "the",
                                    ASPECTS.get(i),
                                    "was",
                                    goodFirst ? "great" : "awful",
                                    "but",
                                    "the",
                                    ASPECTS.get(j),
                                    "was",
                                    goodFirst ? "awful" : "great"),
                            List.of(
                                    new Triplet(new Words(1, 1), new Words(3, 3), sentiment(goodFirst)),
                                    new Triplet(new Words(6, 6), new Words(8, 8), sentiment(!goodFirst)))));
                }
            }
        }
        return sentences;
    }

    private static Polarity sentiment(boolean good) {
        return good ? Polarity.POSITIVE : Polarity.NEGATIVE;
    }
}
