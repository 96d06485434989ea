package dev.lmmrec.scoring;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An artefact small enough to rank by hand: two users, four items, d = 2. Interaction vectors: alice (1, 0), bob (0,
 * 1); items: tent (1, 0), lamp (0, 1), stove (0.6, 0.6), mug (0, 0). The text encoder keeps the first two components of
 * a sentence vector. Training knew that alice met the tent and bob the lamp; an item contributes its own interaction
 * vector to a history. (0.1, 0.1) was taken off the items' aligned vectors. Popularity: tent 1, lamp 0.75, stove 0.5,
 * mug 0.25.
 */
public final class HandMadeArtefact {

    /** Wide enough to tell that the first two components are taken. */
    public static final int TEXT_WIDTH = 384;

    private static final int FLOAT = OnnxMl.TensorProto.DataType.FLOAT.getNumber();
    private static final int INT64 = OnnxMl.TensorProto.DataType.INT64.getNumber();

    private static final float[][] USERS = {{1, 0}, {0, 1}};
    private static final float[][] ITEMS = {
        {1, 0, 1, 0, 1.00f},
        {0, 1, 0, 1, 0.75f},
        {0.6f, 0.6f, 0.7f, 0.7f, 0.50f},
        {0, 0, -1, 0, 0.25f},
    };

    private HandMadeArtefact() {}

    /** Writes the artefact. */
    public static Artefact in(Path directory, String version) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(ArtefactFiles.USERS), List.of("alice", "bob"));
        Files.write(directory.resolve(ArtefactFiles.ITEMS), List.of("tent", "lamp", "stove", "mug"));
        Files.write(
                directory.resolve(ArtefactFiles.ITEM_KINDS),
                List.of("camping\tshelter\ttwo person tent", "light", "camping\tkitchen", ""));
        FloatMatrix.write(directory.resolve(ArtefactFiles.ITEM_VECTORS), ITEMS.length, ITEMS[0].length, i -> ITEMS[i]);
        FloatMatrix.write(directory.resolve(ArtefactFiles.ITEM_CENTRE), 1, 2, i -> new float[] {0.1f, 0.1f});
        Files.write(
                directory.resolve(ArtefactFiles.ITEM_FACETS),
                List.of("design=0.5 price=2", "design=1.25", "", "design=0.5"));
        FloatMatrix.write(
                directory.resolve(ArtefactFiles.HISTORY_VECTORS), ITEMS.length, 2, i -> Arrays.copyOf(ITEMS[i], 2));
        Files.write(directory.resolve(ArtefactFiles.USER_HISTORIES), List.of("0", "1"));
        Files.writeString(directory.resolve(ArtefactFiles.STATEMENT_WEIGHTS), "{\"features\": {\"support\": 1}}");
        Files.write(directory.resolve(ArtefactFiles.TEXT_ENCODER), textEncoder());
        Files.write(directory.resolve(ArtefactFiles.USER_ENCODER), userEncoder());
        Files.write(directory.resolve(ArtefactFiles.SCORER), scorer());
        return Artefact.seal(
                directory,
                new Manifest(
                        Manifest.FORMAT_VERSION,
                        "hand-made",
                        version,
                        "2026-01-02T03:04:05Z",
                        new Manifest.Dims(TEXT_WIDTH, 2, 2, 0, 0),
                        "all-minilm-l6-v2-q",
                        "0".repeat(64),
                        2,
                        4,
                        Map.of(),
                        Map.of(),
                        new Manifest.Fusion(
                                new Weights(1, 0.5, 0.25, 0.1),
                                new Weights(1, 0.5, 0.25, 0.1),
                                new Weights(0, 1, 0.5, 0.1)),
                        List.of()));
    }

    private static byte[] textEncoder() {
        float[][] firstTwo = new float[TEXT_WIDTH][2];
        firstTwo[0][0] = 1;
        firstTwo[1][1] = 1;
        return model(OnnxMl.GraphProto.newBuilder()
                .setName("text-encoder")
                .addInput(value("text", FLOAT))
                .addOutput(value("aligned", FLOAT))
                .addInitializer(matrix("weights", firstTwo))
                .addNode(node("MatMul", List.of("text", "weights"), List.of("projected")))
                .addNode(node("LpNormalization", List.of("projected"), List.of("aligned"))));
    }

    private static byte[] userEncoder() {
        return model(OnnxMl.GraphProto.newBuilder()
                .setName("user-encoder")
                .addInput(value("user", INT64))
                .addOutput(value("interaction", FLOAT))
                .addInitializer(matrix("users", USERS))
                .addNode(node("Gather", List.of("users", "user"), List.of("interaction"))));
    }

    private static byte[] scorer() {
        float[][] transposed = new float[ITEMS[0].length][ITEMS.length];
        for (int item = 0; item < ITEMS.length; item++) {
            for (int i = 0; i < ITEMS[item].length; i++) {
                transposed[i][item] = ITEMS[item][i];
            }
        }
        return model(OnnxMl.GraphProto.newBuilder()
                .setName("scorer")
                .addInput(value("query", FLOAT))
                .addInput(value("mask", FLOAT))
                .addInput(value("k", INT64))
                .addOutput(value("scores", FLOAT))
                .addOutput(value("items", INT64))
                .addInitializer(matrix("matrix", transposed))
                .addNode(node("MatMul", List.of("query", "matrix"), List.of("all")))
                .addNode(node("Add", List.of("all", "mask"), List.of("masked")))
                .addNode(node("TopK", List.of("masked", "k"), List.of("scores", "items"))));
    }

    private static byte[] model(OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static OnnxMl.NodeProto node(String operator, List<String> inputs, List<String> outputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setName(operator)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .build();
    }

    private static OnnxMl.ValueInfoProto value(String name, int elementType) {
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(elementType)))
                .build();
    }

    private static OnnxMl.TensorProto matrix(String name, float[][] rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float cell : row) {
                bytes.putFloat(cell);
            }
        }
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .addDims(rows.length)
                .addDims(rows[0].length)
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }
}
