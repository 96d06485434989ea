package dev.lmmrec.reading.triplet;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The lower layers of the sentence encoder all-MiniLM-L6-v2, as they come with it: a vector for each piece of a word.
 * The layers above them are trained and come with what was trained. Safe for use by several threads.
 */
public final class PieceEncoder implements AutoCloseable {

    /** Names the encoder and how many of its layers are used as they are. */
    public static final String ID = "all-minilm-l6-v2-q:3";

    /** Layers of the encoder that are used as they are; those above are trained. */
    public static final int FROZEN_LAYERS = 3;

    /** Numbers a piece. */
    public static final int WIDTH = 384;

    /** The sentence encoder's weights, on the class path. */
    public static final String MODEL = "/all-minilm-l6-v2-q.onnx";

    /** Pieces that are read; the encoder was trained on 256 with the two marks around them. */
    private static final int PIECES_MAX = 254;

    private static final long BEGIN = 101;
    private static final long END = 102;
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    /**
     * Loads the weights from the class path.
     *
     * @throws UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public PieceEncoder() {
        this.environment = OrtEnvironment.getEnvironment();
        try (InputStream model = resource(MODEL);
                InputStream tokenizerJson = resource(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // it would warn of each number of the layers that are left out
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            this.session = environment.createSession(LowerLayers.of(model.readAllBytes(), FROZEN_LAYERS), options);
            this.tokenizer =
                    HuggingFaceTokenizer.newInstance(tokenizerJson, Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException("the sentence encoder's files cannot be read from the class path", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the sentence encoder: " + e.getMessage(), e);
        }
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
        Encoding encoding = tokenizer.encode(words.toArray(String[]::new), false, false);
        int read = Math.min(encoding.getIds().length, PIECES_MAX);
        long[] ids = new long[read + 2];
        ids[0] = BEGIN;
        ids[read + 1] = END;
        System.arraycopy(encoding.getIds(), 0, ids, 1, read);
        int[] owners = new int[read + 2];
        Arrays.fill(owners, -1);
        for (int piece = 0; piece < read; piece++) {
            owners[piece + 1] = (int) encoding.getWordIds()[piece];
        }
        return new Pieces(words.size(), owners, vectors(ids));
    }

    private float[] vectors(long[] ids) {
        long[] shape = {1, ids.length};
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        float[] vectors = new float[ids.length * WIDTH];
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor typeTensor =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(vectors);
        } catch (OrtException e) {
            throw new IllegalStateException("the sentence encoder failed on " + ids.length + " pieces", e);
        }
        return vectors;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = PieceEncoder.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("resource " + name + " is not on the class path");
        }
        return resource;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close the sentence encoder", e);
        }
    }
}
