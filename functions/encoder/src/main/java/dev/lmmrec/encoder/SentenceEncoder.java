package dev.lmmrec.encoder;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.vector.DenseVector;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The sentence encoder all-MiniLM-L6-v2, dynamically quantised: the mean of token vectors, L2-normalised. Texts are
 * encoded one by one, because dynamic quantisation would make a text's vector depend on its neighbours. Safe for use by
 * several threads.
 */
public final class SentenceEncoder implements AutoCloseable {

    /** Names the encoder wherever its vectors are kept. */
    public static final String ID = Pretrained.ALL_MINILM_L6.id();

    /** The width of its vectors. */
    public static final int WIDTH = PretrainedEncoder.WIDTH;

    private final PretrainedEncoder encoder;

    /**
     * Loads the weights from the class path.
     *
     * @throws java.io.UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public SentenceEncoder() {
        this.encoder = PretrainedEncoder.whole(Pretrained.ALL_MINILM_L6);
    }

    /**
     * Whether a review has vectors of this encoder already.
     *
     * @param row a review with its motivations
     * @return false also for vectors of another encoder
     */
    public static boolean embedded(ReviewMotivations row) {
        return row.vectors().filter(vectors -> vectors.encoderId().equals(ID)).isPresent();
    }

    /**
     * Encodes a review and its motivations.
     *
     * @param row with vectors or without; those of this encoder are kept
     * @return the row with vectors of this encoder, as they are kept in the table
     */
    public ReviewMotivations embed(ReviewMotivations row) {
        if (embedded(row)) {
            return row;
        }
        List<DenseVector> statements = row.motivations().stream()
                .map(motivation -> encode(motivation.statement()).atRest())
                .toList();
        return row.withVectors(
                new ReviewVectors(ID, encode(row.review().whole()).atRest(), statements));
    }

    /**
     * Encodes one text.
     *
     * @param text any text; beyond 256 pieces, the marks around it included, it is cut
     * @return its vector, {@code [384]}, L2-normalised
     */
    public DenseVector encode(String text) {
        long[] pieces = encoder.pieces(text).getIds();
        List<DenseVector> vectors = new ArrayList<>();
        encoder.run(
                pieces, 0, Math.min(pieces.length, PretrainedEncoder.PIECES_MAX), said -> read(said.get(0), vectors));
        // one text has no padding: every piece counts, and so do the marks
        return DenseVector.meanDirection(vectors);
    }

    private static void read(FloatBuffer numbers, List<DenseVector> vectors) {
        float[] vector = new float[PretrainedEncoder.WIDTH];
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
