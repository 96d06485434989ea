package dev.lmmrec.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The tokenizer and the weights of an encoder, on one thread. Safe for use by several threads. */
public final class PretrainedEncoder implements AutoCloseable {

    /** Numbers that a layer has for each piece. */
    public static final int WIDTH = 384;

    /** Pieces that are read at once; all-MiniLM-L6-v2 was trained on 256 with the two marks around them. */
    public static final int PIECES_MAX = 254;

    /** Stands for a word that is not told; encoders of this kind were trained to guess such words. */
    public static final String ANY_WORD = "[MASK]";

    private static final long BEGIN = 101;
    private static final long END = 102;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private PretrainedEncoder(Pretrained which, UnaryOperator<byte[]> change) {
        this.environment = OrtEnvironment.getEnvironment();
        try (InputStream model = resource(which.model());
                InputStream tokenizerJson = resource(which.tokenizer());
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(change.apply(model.readAllBytes()), options);
            this.tokenizer =
                    HuggingFaceTokenizer.newInstance(tokenizerJson, Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException("the files of " + which.id() + " cannot be read from the class path", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses " + which.id() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The whole encoder: {@link #run} gives what its last layer says.
     *
     * @param which the encoder
     * @return an encoder, to be closed
     * @throws UncheckedIOException if its weights are not on the class path
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public static PretrainedEncoder whole(Pretrained which) {
        return new PretrainedEncoder(which, UnaryOperator.identity());
    }

    /**
     * Some layers of an encoder: {@link #run} gives what each of them says. Those above the highest are not computed.
     *
     * @param which the encoder
     * @param layers counted from 1
     * @return an encoder, to be closed
     * @throws UncheckedIOException if its weights are not on the class path
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public static PretrainedEncoder layers(Pretrained which, List<Integer> layers) {
        return new PretrainedEncoder(which, model -> LowerLayers.of(model, layers));
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
     * @param said is given what each layer says, {@link #WIDTH} numbers a piece, row by row, valid until it returns;
     *     row 0 is of the mark before
     */
    public void run(long[] pieces, int from, int to, Consumer<List<FloatBuffer>> said) {
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
            List<FloatBuffer> layers = new ArrayList<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                layers.add(((OnnxTensor) output.getValue()).getFloatBuffer());
            }
            said.accept(layers);
        } catch (OrtException e) {
            throw new IllegalStateException("the encoder failed on " + length + " pieces", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = PretrainedEncoder.class.getResourceAsStream(name);
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
            throw new IllegalStateException("ONNX Runtime does not close the encoder", e);
        }
    }
}
