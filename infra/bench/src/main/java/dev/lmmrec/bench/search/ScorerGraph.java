package dev.lmmrec.bench.search;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/** An artefact's {@code scorer.onnx} in ONNX Runtime, on one thread as in a function. */
final class ScorerGraph implements AutoCloseable {

    private static final float EXCLUDED = -1e30f;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int items;

    ScorerGraph(Artefact artefact) throws OrtException {
        this.items = artefact.manifest().items();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            this.session = environment.createSession(
                    artefact.file(ArtefactFiles.SCORER).toString(), options);
        }
    }

    int[] top(float[] query, BitSet excluded, int k) throws OrtException {
        float[] mask = new float[items];
        excluded.stream().forEach(item -> mask[item] = EXCLUDED);
        try (OnnxTensor queries = OnnxTensor.createTensor(environment, new float[][] {query});
                OnnxTensor masks = OnnxTensor.createTensor(environment, FloatBuffer.wrap(mask), new long[] {1, items});
                OnnxTensor count = OnnxTensor.createTensor(environment, new long[] {k});
                OrtSession.Result result = session.run(Map.of("query", queries, "mask", masks, "k", count))) {
            long[] best = ((long[][]) result.get("items").orElseThrow().getValue())[0];
            return Arrays.stream(best).mapToInt(Math::toIntExact).toArray();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
