package dev.lmmrec.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowerLayersTest {

    private static final byte GRAPH_KEY = 7 << 3 | 2;
    private static final long[] PIECES = {101, 1996, 3104, 3631, 2044, 2093, 3134, 102};

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void lowerLayers_sayWhatTheWholeEncoderSaysAfterThem(int layers) throws Exception {
        byte[] whole = whole();
        byte[] lower = LowerLayers.of(whole, List.of(layers));
        String name = LowerLayers.output(layers);

        // a layer has 1.8 million numbers of a byte each
        assertThat(lower.length).isLessThan(whole.length - (6 - layers) * 1_700_000);
        assertThat(said(lower, name)).isEqualTo(said(withOutput(whole, name), name));
    }

    @Test
    void severalLayers_areSaidInTheOrderTheyAreWanted() throws Exception {
        byte[] whole = whole();
        byte[] lower = LowerLayers.of(whole, List.of(4, 2));

        for (int layer : List.of(2, 4)) {
            String name = LowerLayers.output(layer);
            assertThat(said(lower, name)).isEqualTo(said(withOutput(whole, name), name));
        }
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(lower, quiet())) {
            assertThat(session.getOutputNames()).containsExactly(LowerLayers.output(4), LowerLayers.output(2));
        }
    }

    @Test
    void bytesThatAreNoModel_areRefused() {
        assertThatThrownBy(() -> LowerLayers.of(new byte[] {7, 7, 7}, List.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an ONNX file");
        assertThatThrownBy(() -> LowerLayers.of(new byte[] {GRAPH_KEY, 100, 1}, List.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a field of 100 bytes where 1 are left");
    }

    private static byte[] whole() throws IOException {
        try (InputStream in = LowerLayersTest.class.getResourceAsStream(Pretrained.ALL_MINILM_L6.model())) {
            return in.readAllBytes();
        }
    }

    /** In protocol buffers a message that follows another is merged into it: an output is added to the graph's. */
    private static byte[] withOutput(byte[] model, String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(model);
        // ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1
        bytes.writeBytes(message(7, message(12, message(1, name.getBytes(StandardCharsets.US_ASCII)))));
        return bytes.toByteArray();
    }

    private static byte[] message(int field, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(field << 3 | 2);
        bytes.write(content.length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static float[] said(byte[] model, String output) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {1, PIECES.length};
        long[] ones = new long[PIECES.length];
        Arrays.fill(ones, 1);
        try (OrtSession session = environment.createSession(model, quiet());
                OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(PIECES), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[PIECES.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            float[] numbers = new float[PIECES.length * PretrainedEncoder.WIDTH];
            ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer().get(numbers);
            return numbers;
        }
    }

    private static OrtSession.SessionOptions quiet() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }
}
