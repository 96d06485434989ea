package dev.lmmrec.training.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.graph.ItemGraph;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.text.TextEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a model as an artefact of the contract. */
public final class ArtefactWriter {

    private static final DateTimeFormatter VERSION_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final int FINGERPRINT_SHOWN = 8;

    /** With fewer items a function looks at all of them, unless it is told otherwise. */
    private static final int GRAPH_FROM = 300_000;

    /**
     * Where a model came from.
     *
     * @param name the model's name
     * @param createdAt now
     * @param encoderId the sentence encoder of its text
     * @param dataFingerprint see {@link Dataset#fingerprint()}
     * @param metrics what was measured on held-out interactions
     * @param provenance how to make it again
     */
    public record Origin(
            String name,
            Instant createdAt,
            String encoderId,
            String dataFingerprint,
            Map<String, Double> metrics,
            Map<String, String> provenance) {

        /** Copies the maps. */
        public Origin {
            metrics = Map.copyOf(metrics);
            provenance = Map.copyOf(provenance);
        }

        /**
         * The version's name: versions sort by the time they were made, to the millisecond, for small data trains fast.
         *
         * @return such as {@code 20261123T101500123Z-0a1b2c3d}
         */
        public String version() {
            return VERSION_TIME.format(createdAt) + "-" + dataFingerprint.substring(0, FINGERPRINT_SHOWN);
        }
    }

    /**
     * Writes and seals an artefact.
     *
     * @param parent the folder that holds versions; the artefact goes into {@code parent/VERSION}
     * @param model the model
     * @param origin where it came from
     * @return the artefact
     * @throws IOException if the version exists or a file cannot be written
     */
    public Artefact write(Path parent, ServingModel model, Origin origin) throws IOException {
        Files.createDirectories(parent);
        Path directory = Files.createDirectory(parent.resolve(origin.version()));
        int[] order = mostPopularFirst(model);
        Files.write(directory.resolve(ArtefactFiles.USERS), model.users(), StandardCharsets.UTF_8);
        Files.write(
                directory.resolve(ArtefactFiles.ITEMS),
                IntStream.of(order).mapToObj(model.items()::get).toList(),
                StandardCharsets.UTF_8);
        writeTextEncoder(directory.resolve(ArtefactFiles.TEXT_ENCODER), model.encoder());
        writeUserEncoder(directory.resolve(ArtefactFiles.USER_ENCODER), model);
        writeScorer(directory.resolve(ArtefactFiles.SCORER), model, order);
        FloatMatrix.write(
                directory.resolve(ArtefactFiles.ITEM_VECTORS),
                order.length,
                model.dims().query(),
                i -> model.itemRow(order[i]));
        FloatMatrix.write(
                directory.resolve(ArtefactFiles.ITEM_CENTRE), 1, model.aligned().width(), row -> model.aligned()
                        .centre());
        if (order.length >= GRAPH_FROM) {
            writeGraph(directory);
        }
        Files.write(
                directory.resolve(ArtefactFiles.ITEM_KINDS),
                IntStream.of(order)
                        .mapToObj(item -> String.join(
                                ArtefactFiles.KIND_SEPARATOR, model.kinds().get(item)))
                        .toList(),
                StandardCharsets.UTF_8);
        Files.write(
                directory.resolve(ArtefactFiles.ITEM_FACETS),
                IntStream.of(order)
                        .mapToObj(item -> new TreeMap<>(model.facets().get(item).entrySet().stream()
                                        .collect(Collectors.toMap(
                                                entry -> entry.getKey().name(), Map.Entry::getValue)))
                                .entrySet().stream()
                                        .map(entry ->
                                                String.format(Locale.ROOT, "%s=%.4f", entry.getKey(), entry.getValue()))
                                        .collect(Collectors.joining(" ")))
                        .toList(),
                StandardCharsets.UTF_8);
        FloatMatrix.write(
                directory.resolve(ArtefactFiles.HISTORY_VECTORS),
                order.length,
                model.history().width(),
                i -> model.history().item(order[i]));
        writeHistories(directory.resolve(ArtefactFiles.USER_HISTORIES), model, order);
        JSON.writeValue(directory.resolve(ArtefactFiles.STATEMENT_WEIGHTS).toFile(), model.statements());
        return Artefact.seal(
                directory,
                new Manifest(
                        Manifest.FORMAT_VERSION,
                        origin.name(),
                        origin.version(),
                        origin.createdAt().toString(),
                        model.dims(),
                        origin.encoderId(),
                        origin.dataFingerprint(),
                        model.users().size(),
                        model.items().size(),
                        origin.metrics(),
                        origin.provenance(),
                        model.fusion(),
                        List.of()));
    }

    private static void writeGraph(Path directory) throws IOException {
        try {
            ItemGraph.write(
                    FloatMatrix.map(directory.resolve(ArtefactFiles.ITEM_VECTORS)),
                    directory.resolve(ArtefactFiles.ITEM_GRAPH));
        } catch (DamagedArtefactException e) {
            throw new IllegalStateException("the item vectors were written just now", e);
        }
    }

    private static int[] mostPopularFirst(ServingModel model) {
        return IntStream.range(0, model.items().size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(model.popularity()::get)
                        .reversed()
                        .thenComparing(model.items()::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void writeHistories(Path file, ServingModel model, int[] order) throws IOException {
        int[] line = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            line[order[i]] = i;
        }
        Files.write(
                file,
                IntStream.range(0, model.users().size())
                        .mapToObj(user -> IntStream.of(model.histories().itemsOf(user))
                                .map(item -> line[item])
                                .sorted()
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" ")))
                        .toList(),
                StandardCharsets.UTF_8);
    }

    private static void writeTextEncoder(Path file, TextEncoder.Weights weights) throws IOException {
        int hidden = weights.hidden();
        int width = weights.width();
        new OnnxGraph("text-encoder")
                .floatInput("text", "N", Dataset.TEXT_WIDTH)
                .floatOutput("aligned", "N", width)
                .constant("hidden.weight", weights.hiddenWeight(), Dataset.TEXT_WIDTH, hidden)
                .constant("hidden.bias", weights.hiddenBias(), hidden)
                .constant("out.weight", weights.outWeight(), hidden, width)
                .constant("out.bias", weights.outBias(), width)
                .constant("epsilon", new float[] {TextEncoder.NORM_EPSILON})
                .node("Gemm", List.of("text", "hidden.weight", "hidden.bias"), List.of("hidden"))
                .node(
                        "LeakyRelu",
                        List.of("hidden"),
                        List.of("active"),
                        OnnxGraph.attribute("alpha", TextEncoder.NEGATIVE_SLOPE))
                .node("Gemm", List.of("active", "out.weight", "out.bias"), List.of("out"))
                .node(
                        "ReduceSumSquare",
                        List.of("out"),
                        List.of("squares"),
                        OnnxGraph.attribute("axes", List.of(1L)),
                        OnnxGraph.attribute("keepdims", 1))
                .node("Add", List.of("squares", "epsilon"), List.of("finite"))
                .node("Sqrt", List.of("finite"), List.of("norm"))
                .node("Div", List.of("out", "norm"), List.of("aligned"))
                .write(file);
    }

    private static void writeUserEncoder(Path file, ServingModel model) throws IOException {
        int width = model.known().width();
        int users = model.users().size();
        float[] vectors = new float[users * width];
        for (int user = 0; user < users; user++) {
            System.arraycopy(model.known().user(user), 0, vectors, user * width, width);
        }
        new OnnxGraph("user-encoder")
                .longInput("user", "B")
                .floatOutput("interaction", "B", width)
                .constant("users", vectors, users, width)
                .node("Gather", List.of("users", "user"), List.of("interaction"), OnnxGraph.attribute("axis", 0))
                .write(file);
    }

    private static void writeScorer(Path file, ServingModel model, int[] order) throws IOException {
        int items = order.length;
        int query = model.dims().query();
        // one column per item, so that the query meets it without a transposition
        float[] matrix = new float[query * items];
        for (int column = 0; column < items; column++) {
            float[] row = model.itemRow(order[column]);
            for (int k = 0; k < query; k++) {
                matrix[k * items + column] = row[k];
            }
        }
        new OnnxGraph("scorer")
                .floatInput("query", "B", query)
                .floatInput("mask", "B", items)
                .longInput("k", 1)
                .floatOutput("scores", "B", "K")
                .longOutput("items", "B", "K")
                .constant("matrix", matrix, query, items)
                .node("MatMul", List.of("query", "matrix"), List.of("all"))
                .node("Add", List.of("all", "mask"), List.of("masked"))
                .node(
                        "TopK",
                        List.of("masked", "k"),
                        List.of("scores", "items"),
                        OnnxGraph.attribute("axis", -1),
                        OnnxGraph.attribute("largest", 1),
                        OnnxGraph.attribute("sorted", 1))
                .write(file);
    }
}
