package dev.lmmrec.reading.triplet;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.digest.Sha256;
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

    private final String sha256;
    private final OrtEnvironment environment;
    private final OrtSession session;

    TrainedGraph(byte[] graph, String sha256) throws IOException {
        this.sha256 = Sha256.of(graph);
        if (!this.sha256.equals(sha256)) {
            throw new IOException(TripletHead.GRAPH + " has SHA-256 " + this.sha256 + ", but " + TripletHead.FILE
                    + " names " + sha256 + "; the two are not of one training");
        }
        this.environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(graph, options);
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime refuses " + TripletHead.GRAPH + ": " + e.getMessage(), e);
        }
    }

    /** Tells trainings apart. */
    String id() {
        return sha256.substring(0, 12);
    }

    /** Reads a sentence; gives by name what the graph says, row by row. */
    Map<String, float[]> run(Pieces sentence, float[][] distances) {
        long words = sentence.words();
        long pieces = sentence.count();
        long[] shape = {1, words, words, TripletHead.DISTANCES};
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
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close a trained graph", e);
        }
    }
}
