package dev.lmmrec.training.text;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.reading.encoder.MiniLm;
import dev.lmmrec.training.data.ReviewText;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The sentence encoder that a deployment has, for reviews that did not go through one: all-MiniLM-L6-v2, dynamically
 * quantised, the mean of token vectors, L2-normalised. Texts are encoded one by one, because dynamic quantisation would
 * make a text's vector depend on its neighbours. Safe for use by several threads.
 */
public final class SentenceEncoder implements AutoCloseable {

    /** Names the encoder wherever its vectors are kept; the embedding function has the same. */
    public static final String ID = "all-minilm-l6-v2-q";

    private final MiniLm encoder;

    /**
     * Loads the weights from the class path.
     *
     * @throws java.io.UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public SentenceEncoder() {
        this.encoder = new MiniLm(UnaryOperator.identity(), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);
    }

    /**
     * Encodes a review and its motivations as the embedding function does.
     *
     * @param row with vectors or without; those of this encoder are kept
     * @return the row with vectors of this encoder
     */
    public ReviewMotivations embed(ReviewMotivations row) {
        if (row.vectors().filter(vectors -> vectors.encoderId().equals(ID)).isPresent()) {
            return row;
        }
        String text = new ReviewText(ReviewText.UNKNOWN, ReviewText.UNKNOWN, row).whole();
        List<DenseVector> statements = row.motivations().stream()
                .map(Motivation::statement)
                .map(this::encode)
                .toList();
        return row.withVectors(new ReviewVectors(ID, encode(text), statements));
    }

    private DenseVector encode(String text) {
        long[] pieces = encoder.pieces(text).getIds();
        List<DenseVector> vectors = new ArrayList<>();
        encoder.run(pieces, 0, Math.min(pieces.length, MiniLm.PIECES_MAX), result -> read(result, vectors));
        // one text has no padding: every piece counts, and so do the marks
        return DenseVector.meanDirection(vectors).atRest();
    }

    private static void read(OrtSession.Result result, List<DenseVector> vectors) {
        FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] vector = new float[MiniLm.WIDTH];
        while (numbers.hasRemaining()) {
            numbers.get(vector);
            vectors.add(DenseVector.of(vector));
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
