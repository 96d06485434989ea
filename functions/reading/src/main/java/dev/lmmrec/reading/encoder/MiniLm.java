package dev.lmmrec.reading.encoder;

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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The tokenizer and the weights of all-MiniLM-L6-v2, quantised, on one thread. Safe for use by several threads. */
public final class MiniLm implements AutoCloseable {

    /** The weights, on the class path. */
    public static final String MODEL = "/all-minilm-l6-v2-q.onnx";

    /** Numbers that a layer has for each piece. */
    public static final int WIDTH = 384;

    /** Pieces that are read at once; the encoder was trained on 256 with the two marks around them. */
    public static final int PIECES_MAX = 254;

    private static final long BEGIN = 101;
    private static final long END = 102;
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    /**
     * Loads the weights from the class path.
     *
     * @param change makes of the model, an ONNX file, the one that is run
     * @param logging what ONNX Runtime may say of it
     * @throws UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public MiniLm(UnaryOperator<byte[]> change, OrtLoggingLevel logging) {
        this.environment = OrtEnvironment.getEnvironment();
        try (InputStream model = resource(MODEL);
                InputStream tokenizerJson = resource(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(logging);
            this.session = environment.createSession(change.apply(model.readAllBytes()), options);
            this.tokenizer =
                    HuggingFaceTokenizer.newInstance(tokenizerJson, Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException("the sentence encoder's files cannot be read from the class path", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the sentence encoder: " + e.getMessage(), e);
        }
    }

    /**
     * Cuts words into pieces.
     *
     * @param words the words
     * @return their pieces without marks, each with the word it is of
     */
    public Encoding pieces(List<String> words) {
        return tokenizer.encode(words.toArray(String[]::new), false, false);
    }

    /**
     * Cuts a text into pieces.
     *
     * @param text the text
     * @return its pieces without marks
     */
    public Encoding pieces(String text) {
        return tokenizer.encode(text, false, false);
    }

    /**
     * Runs the model on some pieces, with a mark before and one behind them.
     *
     * @param pieces ids of pieces
     * @param from the first one read
     * @param to behind the last one read
     * @param outputs is given what comes out, valid until it returns; row 0 is of the mark before
     */
    public void run(long[] pieces, int from, int to, Consumer<OrtSession.Result> outputs) {
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
            outputs.accept(result);
        } catch (OrtException e) {
            throw new IllegalStateException("the sentence encoder failed on " + length + " pieces", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = MiniLm.class.getResourceAsStream(name);
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
