package dev.lmmrec.training.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.data.ReviewText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The sentence encoder that a deployment has, for reviews that did not go through one: all-MiniLM-L6-v2, dynamically
 * quantised, the mean of token vectors, L2-normalised. Texts are encoded one by one, because dynamic quantisation would
 * make a text's vector depend on its neighbours. Safe for use by several threads.
 */
public final class SentenceEncoder implements AutoCloseable {

    /** Names the encoder wherever its vectors are kept; the embedding function has the same. */
    public static final String ID = "all-minilm-l6-v2-q";

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
                InputStream tokens = resource(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(model.readAllBytes(), options);
            this.tokenizer = HuggingFaceTokenizer.newInstance(
                    tokens,
                    Map.of("truncation", "true", "maxLength", Integer.toString(TOKENS_MAX), "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException("the sentence encoder's files cannot be read from the class path", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the sentence encoder: " + e.getMessage(), e);
        }
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
        Encoding tokens = tokenizer.encode(text);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {tokens.getIds()});
                OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {tokens.getAttentionMask()});
                OnnxTensor types = OnnxTensor.createTensor(environment, new long[][] {tokens.getTypeIds()});
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            float[][][] vectors = (float[][][]) result.get(0).getValue();
            // one text has no padding: every token counts
            return DenseVector.meanDirection(
                            Arrays.stream(vectors[0]).map(DenseVector::of).toList())
                    .atRest();
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the sentence encoder failed on a text of " + tokens.getIds().length + " tokens", e);
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
