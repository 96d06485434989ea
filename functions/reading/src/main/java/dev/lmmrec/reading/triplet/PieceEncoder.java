package dev.lmmrec.reading.triplet;

import ai.djl.huggingface.tokenizers.Encoding;
import dev.lmmrec.encoder.Pretrained;
import dev.lmmrec.encoder.PretrainedEncoder;
import java.util.Arrays;
import java.util.List;

/**
 * The lower layers of the sentence encoder all-MiniLM-L6-v2, as they come with it: a vector for each piece of a word.
 * The layers above them are trained and come with what was trained. Safe for use by several threads.
 */
public final class PieceEncoder implements AutoCloseable {

    /** Layers of the encoder that are used as they are; those above are trained. */
    public static final int FROZEN_LAYERS = 3;

    /** Names the encoder and how many of its layers are used as they are. */
    public static final String ID = Pretrained.ALL_MINILM_L6.id() + ":" + FROZEN_LAYERS;

    /** Numbers a piece. */
    public static final int WIDTH = PretrainedEncoder.WIDTH;

    private final PretrainedEncoder encoder;

    /**
     * Loads the weights from the class path.
     *
     * @throws java.io.UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public PieceEncoder() {
        this.encoder = PretrainedEncoder.layers(Pretrained.ALL_MINILM_L6, List.of(FROZEN_LAYERS));
    }

    /**
     * A sentence in pieces.
     *
     * @param words how many words there are, at least one
     * @param owners for each piece the word it is of; -1 for the marks around them
     * @param vectors {@link #WIDTH} numbers a piece, row by row
     */
    // nobody compares or changes them
    @SuppressWarnings("ArrayRecordComponent")
    public record Pieces(int words, int[] owners, float[] vectors) {

        /**
         * How many pieces there are.
         *
         * @return with the marks around them
         */
        public int count() {
            return owners.length;
        }

        /**
         * The share that each piece has in its word.
         *
         * @return a row a word, a number a piece; zeros for a word without any piece
         */
        public float[][] shares() {
            int[] counts = new int[words];
            for (int owner : owners) {
                if (owner >= 0) {
                    counts[owner]++;
                }
            }
            float[][] shares = new float[words][owners.length];
            for (int piece = 0; piece < owners.length; piece++) {
                if (owners[piece] >= 0) {
                    shares[owners[piece]][piece] = 1f / counts[owners[piece]];
                }
            }
            return shares;
        }
    }

    /**
     * Encodes a sentence. Of a very long one the last words have no pieces.
     *
     * @param words at least one
     * @return their pieces
     */
    public Pieces encode(List<String> words) {
        Encoding encoding = encoder.pieces(words);
        int read = Math.min(encoding.getIds().length, PretrainedEncoder.PIECES_MAX);
        int[] owners = new int[read + 2];
        Arrays.fill(owners, -1);
        for (int piece = 0; piece < read; piece++) {
            owners[piece + 1] = (int) encoding.getWordIds()[piece];
        }
        float[] vectors = new float[owners.length * WIDTH];
        encoder.run(encoding.getIds(), 0, read, said -> said.get(0).get(vectors));
        return new Pieces(words.size(), owners, vectors);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
