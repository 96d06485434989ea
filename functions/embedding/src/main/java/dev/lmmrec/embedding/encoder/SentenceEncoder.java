package dev.lmmrec.embedding.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.vector.DenseVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/**
 * The sentence encoder all-MiniLM-L6-v2 (384-d, dynamically quantised): mean of the token vectors under the attention
 * mask, L2-normalised. Texts are encoded one by one, because dynamic quantisation would make a text's vector depend on
 * its neighbours in a batch. Safe for use by several threads.
 */
public final class SentenceEncoder implements AutoCloseable {

    /** Names the encoder wherever its vectors are kept. */
    public static final String ID = "all-minilm-l6-v2-q";

    /** The width of its vectors. */
    public static final int WIDTH = 384;

    /** The model was trained on shorter texts; what follows is cut. */
    private static final int TOKENS_MAX = 256;

    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
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
    public SentenceEncoder() {
        this.environment = OrtEnvironment.getEnvironment();
        try (InputStream model = resource(MODEL);
                InputStream tokenizerJson = resource(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(model.readAllBytes(), options);
            this.tokenizer = HuggingFaceTokenizer.newInstance(
                    tokenizerJson,
                    Map.of("truncation", "true", "maxLength", Integer.toString(TOKENS_MAX), "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException("the sentence encoder's files cannot be read from the class path", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the sentence encoder: " + e.getMessage(), e);
        }
    }

    /**
     * Encodes one text.
     *
     * @param text any text; beyond 256 tokens it is cut
     * @return its vector, {@code [384]}, L2-normalised
     */
    public DenseVector encode(String text) {
        Encoding tokens = tokenizer.encode(text);
        long[][] ids = {tokens.getIds()};
        long[][] mask = {tokens.getAttentionMask()};
        long[][] types = {tokens.getTypeIds()};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
            float[][][] tokenVectors = (float[][][]) result.get(0).getValue();
            // one text has no padding: every token counts
            return DenseVector.meanDirection(
                    Arrays.stream(tokenVectors[0]).map(DenseVector::of).toList());
        } catch (OrtException e) {
            throw new IllegalStateException("sentence encoder failed on a text of " + ids[0].length + " tokens", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = SentenceEncoder.class.getResourceAsStream(name);
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
