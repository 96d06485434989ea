package dev.lmmrec.reading.student;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtLoggingLevel;
import dev.lmmrec.reading.encoder.MiniLm;
import dev.lmmrec.reading.text.Token;
import java.io.ByteArrayOutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Frozen token vectors: the outputs of the last four layers of the sentence encoder all-MiniLM-L6-v2, side by side, the
 * mean over the pieces of each token. A review is read in windows of whole sentences, so that every token is seen with
 * what surrounds it. Safe for use by several threads.
 */
public final class TokenEncoder implements AutoCloseable {

    /** Names the encoder and the layers that are used. */
    public static final String ID = "all-minilm-l6-v2-q:3,4,5,6";

    /** Numbers a token. */
    public static final int WIDTH = 4 * MiniLm.WIDTH;

    private static final List<String> HIDDEN = List.of(
            "/encoder/layer.2/output/LayerNorm/Add_1_output_0",
            "/encoder/layer.3/output/LayerNorm/Add_1_output_0",
            "/encoder/layer.4/output/LayerNorm/Add_1_output_0");
    private static final String LAST = "last_hidden_state";

    private final MiniLm encoder;

    /**
     * Loads the weights from the class path.
     *
     * @throws java.io.UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public TokenEncoder() {
        this.encoder = new MiniLm(TokenEncoder::withOutputs, OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);
    }

    /**
     * The model with the hidden layers as outputs. In protocol buffers a message that follows another is merged into it
     * and what may stand several times is appended: a second model that has nothing but a graph with outputs adds them.
     */
    private static byte[] withOutputs(byte[] model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(model);
        for (String name : HIDDEN) {
            // ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1
            bytes.writeBytes(message(7, message(12, message(1, name.getBytes(StandardCharsets.US_ASCII)))));
        }
        return bytes.toByteArray();
    }

    private static byte[] message(int field, byte[] content) {
        if (content.length > 127) {
            throw new IllegalArgumentException(
                    "content of " + content.length + " bytes, at most 127 have a short length");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(field << 3 | 2);
        bytes.write(content.length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    /**
     * Encodes a review.
     *
     * @param tokens its tokens
     * @return for each token {@link #WIDTH} numbers, row by row; zeros for a token without any piece
     */
    public float[] vectors(ReviewTokens tokens) {
        int size = tokens.size();
        float[] vectors = new float[Math.multiplyExact(size, WIDTH)];
        if (size == 0) {
            return vectors;
        }
        Encoding encoding =
                encoder.pieces(tokens.tokens().stream().map(Token::text).toList());
        long[] pieces = encoding.getIds();
        long[] owners = encoding.getWordIds();
        int[] counts = new int[size];
        for (long owner : owners) {
            counts[(int) owner]++;
        }
        int from = 0;
        int piece = 0;
        for (int to : windowEnds(counts, tokens.sentenceEnds())) {
            int pieceEnd = piece;
            while (pieceEnd < pieces.length && owners[pieceEnd] < to) {
                pieceEnd++;
            }
            // one token alone may have more pieces than fit
            int read = Math.min(pieceEnd, piece + MiniLm.PIECES_MAX);
            if (read > piece) {
                addWindow(pieces, owners, piece, read, counts, vectors);
            }
            piece = pieceEnd;
            from = to;
        }
        if (from != size) {
            throw new IllegalStateException("windows end at token " + from + " of " + size);
        }
        return vectors;
    }

    /** Whole sentences as long as they fit; a sentence that is longer than a window is cut. */
    private static List<Integer> windowEnds(int[] counts, List<Integer> sentenceEnds) {
        Set<Integer> ends = new TreeSet<>(sentenceEnds);
        List<Integer> windows = new ArrayList<>();
        int start = 0;
        int sum = 0;
        int lastEnd = -1;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            if (sum > MiniLm.PIECES_MAX && i > start) {
                int cut = lastEnd >= start ? lastEnd + 1 : i;
                windows.add(cut);
                start = cut;
                sum = 0;
                for (int j = start; j <= i; j++) {
                    sum += counts[j];
                }
            }
            if (ends.contains(i)) {
                lastEnd = i;
            }
        }
        windows.add(counts.length);
        return windows;
    }

    private void addWindow(long[] pieces, long[] owners, int from, int to, int[] counts, float[] vectors) {
        encoder.run(pieces, from, to, result -> {
            List<String> layers = new ArrayList<>(HIDDEN);
            layers.add(LAST);
            for (int layer = 0; layer < layers.size(); layer++) {
                FloatBuffer numbers =
                        ((OnnxTensor) result.get(layers.get(layer)).orElseThrow()).getFloatBuffer();
                for (int p = from; p < to; p++) {
                    int owner = (int) owners[p];
                    int source = (p - from + 1) * MiniLm.WIDTH;
                    int target = owner * WIDTH + layer * MiniLm.WIDTH;
                    for (int k = 0; k < MiniLm.WIDTH; k++) {
                        vectors[target + k] += numbers.get(source + k) / counts[owner];
                    }
                }
            }
        });
    }

    @Override
    public void close() {
        encoder.close();
    }
}
