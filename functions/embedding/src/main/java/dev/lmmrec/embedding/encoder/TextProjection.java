package dev.lmmrec.embedding.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.encoder.SentenceEncoder;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** An artefact's text encoder: sentence vectors to aligned vectors. */
public final class TextProjection implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String version;

    private TextProjection(OrtEnvironment environment, OrtSession session, String version) {
        this.environment = environment;
        this.session = session;
        this.version = version;
    }

    /**
     * Loads an artefact's text encoder.
     *
     * @param artefact the artefact
     * @return the projection
     * @throws DamagedArtefactException if it expects another sentence encoder's vectors or ONNX Runtime refuses it
     * @throws IOException if it cannot be read
     */
    public static TextProjection load(Artefact artefact) throws IOException, DamagedArtefactException {
        String encoderId = artefact.manifest().encoderId();
        if (!SentenceEncoder.ID.equals(encoderId)) {
            throw new DamagedArtefactException(artefact.file(ArtefactFiles.TEXT_ENCODER) + " expects vectors of '"
                    + encoderId + "', this function makes those of '" + SentenceEncoder.ID + "'");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            byte[] model = Files.readAllBytes(artefact.file(ArtefactFiles.TEXT_ENCODER));
            return new TextProjection(
                    environment,
                    environment.createSession(model, options),
                    artefact.manifest().version());
        } catch (OrtException e) {
            throw new DamagedArtefactException(
                    "ONNX Runtime refuses " + artefact.file(ArtefactFiles.TEXT_ENCODER) + ": " + e.getMessage(), e);
        }
    }

    /**
     * The version of the artefact that this comes from.
     *
     * @return the version
     */
    public String version() {
        return version;
    }

    /**
     * Projects one vector.
     *
     * @param text {@code [384]}
     * @return {@code [d]}, L2-normalised
     */
    public DenseVector project(DenseVector text) {
        float[][] batch = {text.toArray()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, batch);
                OrtSession.Result result = session.run(Map.of("text", input))) {
            return DenseVector.of(((float[][]) result.get(0).getValue())[0]);
        } catch (OrtException e) {
            throw new IllegalStateException("text encoder of artefact " + version + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
