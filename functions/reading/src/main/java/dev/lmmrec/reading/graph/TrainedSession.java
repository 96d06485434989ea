package dev.lmmrec.reading.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.digest.Sha256;
import java.io.IOException;
import java.util.Map;

/** A trained graph on one thread, of which is known that its manifest means it. Safe for use by several threads. */
public final class TrainedSession implements AutoCloseable {

    private static final int ID_DIGITS = 12;

    private final String sha256;
    private final OrtSession session;

    private TrainedSession(String sha256, OrtSession session) {
        this.sha256 = sha256;
        this.session = session;
    }

    /**
     * Opens a graph.
     *
     * @param graph the graph, an ONNX file
     * @param name what the file is called
     * @param sha256 what the manifest says of it
     * @param manifest what the manifest's file is called
     * @return a session, to be closed
     * @throws IOException if the manifest means another graph, or ONNX Runtime refuses it
     */
    public static TrainedSession open(byte[] graph, String name, String sha256, String manifest) throws IOException {
        String own = Sha256.of(graph);
        if (!own.equals(sha256)) {
            throw new IOException(name + " has SHA-256 " + own + ", but " + manifest + " names " + sha256
                    + "; the two are not of one training");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new TrainedSession(own, environment().createSession(graph, options));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime refuses " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * What tensors are made in.
     *
     * @return the process' own
     */
    public static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }

    /**
     * Tells trainings apart.
     *
     * @return 12 hexadecimal digits
     */
    public String id() {
        return sha256.substring(0, ID_DIGITS);
    }

    /**
     * Runs the graph.
     *
     * @param inputs by name
     * @return what comes out, to be closed
     * @throws OrtException if ONNX Runtime fails
     */
    public OrtSession.Result run(Map<String, OnnxTensor> inputs) throws OrtException {
        return session.run(inputs);
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
