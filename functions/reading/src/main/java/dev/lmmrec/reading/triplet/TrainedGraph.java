package dev.lmmrec.reading.triplet;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.reading.graph.TrainedSession;
import dev.lmmrec.reading.triplet.PieceEncoder.Pieces;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A trained graph that reads the words of a window: the encoder's upper layers and what was put on top of them. Safe
 * for use by several threads.
 */
public final class TrainedGraph implements AutoCloseable {

    private final TrainedSession session;

    TrainedGraph(byte[] graph, String sha256) throws IOException {
        this.session = TrainedSession.open(graph, TripletHead.GRAPH, sha256, TripletHead.FILE);
    }

    /** Tells trainings apart. */
    String id() {
        return session.id();
    }

    /** Reads a sentence; gives by name what the graph says, row by row. */
    Map<String, float[]> run(Pieces sentence, float[][] distances) {
        long words = sentence.words();
        long pieces = sentence.count();
        long[] shape = {1, words, words, TripletHead.DISTANCES};
        OrtEnvironment environment = TrainedSession.environment();
        try (OnnxTensor pieceTensor = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(sentence.vectors()), new long[] {1, pieces, PieceEncoder.WIDTH});
                OnnxTensor shares =
                        OnnxTensor.createTensor(environment, flat(sentence.shares()), new long[] {1, words, pieces});
                OnnxTensor more = OnnxTensor.createTensor(environment, flat(distances), shape);
                OrtSession.Result result =
                        session.run(Map.of("pieces", pieceTensor, "shares", shares, "distances", more))) {
            Map<String, float[]> said = new HashMap<>();
            for (Map.Entry<String, OnnxValue> each : result) {
                FloatBuffer numbers = ((OnnxTensor) each.getValue()).getFloatBuffer();
                float[] row = new float[numbers.remaining()];
                numbers.get(row);
                said.put(each.getKey(), row);
            }
            return said;
        } catch (OrtException e) {
            throw new IllegalStateException("a trained graph failed on a sentence of " + words + " words", e);
        }
    }

    private static FloatBuffer flat(float[][] rows) {
        FloatBuffer flat = FloatBuffer.allocate(rows.length * rows[0].length);
        for (float[] row : rows) {
            flat.put(row);
        }
        return flat.rewind();
    }

    @Override
    public void close() {
        session.close();
    }
}
