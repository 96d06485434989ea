package dev.lmmrec.scoring.ranking;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** The graphs of an artefact that make vectors of a user. Safe for use by several threads. */
final class Encoders implements AutoCloseable {

    private final String version;
    private final OrtEnvironment environment;
    private final OrtSession text;
    private final OrtSession user;

    private Encoders(String version, OrtEnvironment environment, OrtSession text, OrtSession user) {
        this.version = version;
        this.environment = environment;
        this.text = text;
        this.user = user;
    }

    static Encoders load(Artefact artefact) throws IOException, DamagedArtefactException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return new Encoders(
                artefact.manifest().version(),
                environment,
                session(environment, artefact, ArtefactFiles.TEXT_ENCODER),
                session(environment, artefact, ArtefactFiles.USER_ENCODER));
    }

    private static OrtSession session(OrtEnvironment environment, Artefact artefact, String file)
            throws IOException, DamagedArtefactException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return environment.createSession(Files.readAllBytes(artefact.file(file)), options);
        } catch (OrtException e) {
            throw new DamagedArtefactException(
                    "ONNX Runtime refuses " + artefact.file(file) + ": " + e.getMessage(), e);
        }
    }

    /** Aligned vectors {@code [N, d]} of sentence vectors {@code [N, 384]}. */
    float[][] aligned(float[][] sentences) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, sentences);
                OrtSession.Result result = text.run(Map.of("text", input))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the text encoder of artefact " + version + " failed: " + e.getMessage(), e);
        }
    }

    /** What the artefact knows of a user, by the index in it. */
    float[] known(long index) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, new long[] {index});
                OrtSession.Result result = user.run(Map.of("user", input))) {
            return ((float[][]) result.get(0).getValue())[0];
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the user encoder of artefact " + version + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws OrtException {
        text.close();
        user.close();
    }
}
