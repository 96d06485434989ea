package dev.lmmrec.reading.student;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.reading.text.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    public static final int WIDTH = 4 * 384;

    /** Pieces that are read at once; the encoder was trained on 256 with the two marks around them. */
    private static final int WINDOW_PIECES_MAX = 254;

    private static final int LAYER_WIDTH = 384;
    private static final long BEGIN = 101;
    private static final long END = 102;
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final List<String> HIDDEN = List.of(
            "/encoder/layer.2/output/LayerNorm/Add_1_output_0",
            "/encoder/layer.3/output/LayerNorm/Add_1_output_0",
            "/encoder/layer.4/output/LayerNorm/Add_1_output_0");
    private static final String LAST = "last_hidden_state";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    /**
     * Loads the weights from the class path.
     *
     * @throws UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public TokenEncoder() {
        this.environment = OrtEnvironment.getEnvironment();
        try (InputStream model = resource(MODEL);
                InputStream tokenizerJson = resource(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(withOutputs(model), options);
            this.tokenizer =
                    HuggingFaceTokenizer.newInstance(tokenizerJson, Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException("the token encoder's files cannot be read from the class path", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the token encoder: " + e.getMessage(), e);
        }
    }

    /**
     * The model with the hidden layers as outputs. In protocol buffers a message that follows another is merged into it
     * and what may stand several times is appended: a second model that has nothing but a graph with outputs adds them.
     */
    private static byte[] withOutputs(InputStream model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.transferTo(bytes);
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
                tokenizer.encode(tokens.tokens().stream().map(Token::text).toArray(String[]::new), false, false);
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
            int read = Math.min(pieceEnd, piece + WINDOW_PIECES_MAX);
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
            if (sum > WINDOW_PIECES_MAX && i > start) {
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
        int length = to - from + 2;
        long[] ids = new long[length];
        long[] mask = new long[length];
        ids[0] = BEGIN;
        ids[length - 1] = END;
        System.arraycopy(pieces, from, ids, 1, to - from);
        Arrays.fill(mask, 1);
        long[] shape = {1, length};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[length]), shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            List<String> layers = new ArrayList<>(HIDDEN);
            layers.add(LAST);
            for (int layer = 0; layer < layers.size(); layer++) {
                OnnxTensor output = (OnnxTensor) result.get(layers.get(layer)).orElseThrow();
                FloatBuffer numbers = output.getFloatBuffer();
                for (int p = from; p < to; p++) {
                    int owner = (int) owners[p];
                    int source = (p - from + 1) * LAYER_WIDTH;
                    int target = owner * WIDTH + layer * LAYER_WIDTH;
                    for (int k = 0; k < LAYER_WIDTH; k++) {
                        vectors[target + k] += numbers.get(source + k) / counts[owner];
                    }
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the token encoder failed on a window of " + length + " pieces", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = TokenEncoder.class.getResourceAsStream(name);
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
            throw new IllegalStateException("ONNX Runtime does not close the token encoder", e);
        }
    }
}
