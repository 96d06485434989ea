package dev.lmmrec.bench.search;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.Manifest.Fusion;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.HistoryVectors;
import dev.lmmrec.training.export.ArtefactWriter;
import dev.lmmrec.training.export.ServingModel;
import dev.lmmrec.training.text.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An artefact of made-up vectors, written as training writes one. Its queries are so many numbers wide as asked for:
 * interactions, an aligned part and popularity.
 *
 * @param items how many
 * @param users how many
 * @param aligned the width of the part for words
 * @param width of a query, all parts together
 * @param vectors what they are like
 * @param seed decides them
 */
public record MadeUpArtefact(int items, int users, int aligned, int width, Vectors vectors, long seed) {

    private static final int HIDDEN = 64;
    private static final String ENCODER = "all-minilm-l6-v2-q";

    /**
     * Writes it.
     *
     * @param parent the folder it gets a folder in
     * @param createdAt makes versions differ
     * @return the artefact
     * @throws IOException if it cannot be written
     */
    public Artefact write(Path parent, Instant createdAt) throws IOException {
        int interaction = width - aligned - 1;
        float[] userVectors = new float[users * interaction];
        for (int user = 0; user < users; user++) {
            System.arraycopy(vectors.user(user, interaction, seed), 0, userVectors, user * interaction, interaction);
        }
        float[] itemVectors = new float[items * interaction];
        float[] alignedVectors = new float[items * aligned];
        for (int item = 0; item < items; item++) {
            float[] vector = vectors.item(item, width, seed);
            System.arraycopy(vector, 0, itemVectors, item * interaction, interaction);
            System.arraycopy(vector, interaction, alignedVectors, item * aligned, aligned);
        }
        Weights weights = new Weights(1, 0.5, 0, 0.1);
        Factors known = new Factors(interaction, userVectors, itemVectors);
        // nobody has met anything: known users rank by their rows alone
        Interactions histories = Interactions.of(users, items, List.of());
        return new ArtefactWriter()
                .write(
                        parent,
                        new ServingModel(
                                names("user", users),
                                names("item", items),
                                IntStream.range(0, items)
                                        .mapToObj(item -> List.of("thing", "kind" + item % 50))
                                        .toList(),
                                IntStream.range(0, items)
                                        .mapToObj(item -> Map.<Facet, Double>of())
                                        .toList(),
                                known,
                                0,
                                0,
                                new Factors(aligned, new float[aligned * users], alignedVectors),
                                IntStream.range(0, items)
                                        .mapToObj(item -> 1f / (1 + item))
                                        .toList(),
                                encoder(),
                                new Fusion(weights, weights, weights),
                                histories,
                                HistoryVectors.fit(histories, known, interaction, 1, user -> true),
                                StatementWeights.UNLEARNT),
                        new ArtefactWriter.Origin(
                                "made-up-" + vectors,
                                createdAt,
                                ENCODER,
                                "0".repeat(64),
                                Map.of(),
                                Map.of("seed", Long.toString(seed))));
    }

    private TextEncoder.Weights encoder() {
        float[] first = new float[Dataset.TEXT_WIDTH * HIDDEN];
        float[] second = new float[HIDDEN * aligned];
        System.arraycopy(Vectors.RANDOM.item(0, first.length, seed), 0, first, 0, first.length);
        System.arraycopy(Vectors.RANDOM.item(1, second.length, seed), 0, second, 0, second.length);
        return new TextEncoder.Weights(aligned, first, new float[HIDDEN], second, new float[aligned]);
    }

    /**
     * Ids.
     *
     * @param of what they are of
     * @param count how many
     * @return {@code of-0, of-1, …}
     */
    static List<String> names(String of, int count) {
        return IntStream.range(0, count).mapToObj(i -> of + "-" + i).toList();
    }
}
