package dev.lmmrec.training.encoder;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lmmrec.encoder.Pretrained;
import dev.lmmrec.reading.triplet.PieceEncoder;
import dev.lmmrec.training.encoder.EncoderLayer.Linear;
import dev.lmmrec.training.encoder.EncoderLayer.Norm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The upper layers of the sentence encoder as they come with it, where training begins: whole numbers times a scale.
 */
final class PretrainedLayers {

    private static final String MODEL = Pretrained.ALL_MINILM_L6.model();

    private final Map<String, TensorProto> tensors = new HashMap<>();

    /** For each multiplication by the name of its node the name of its weights. */
    private final Map<String, String> weights = new HashMap<>();

    private final int count;

    private PretrainedLayers(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        int layers = 0;
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("MatMulInteger") && node.getName().startsWith("/encoder/layer.")) {
                String weight = node.getInput(1);
                if (tensors.containsKey(weight)) {
                    weights.put(node.getName(), weight.substring(0, weight.lastIndexOf('_')));
                }
                layers = Math.max(layers, Integer.parseInt(node.getName().split("[./]", -1)[3]) + 1);
            }
        }
        this.count = layers;
    }

    /** Those above the {@link PieceEncoder}'s, from the lowest up. */
    static List<EncoderLayer> read() throws IOException {
        try (InputStream in = PieceEncoder.class.getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new IOException("resource " + MODEL + " is not on the class path");
            }
            PretrainedLayers all = new PretrainedLayers(ModelProto.parseFrom(in).getGraph());
            List<EncoderLayer> layers = new ArrayList<>();
            for (int i = PieceEncoder.FROZEN_LAYERS; i < all.count; i++) {
                layers.add(all.layer(i));
            }
            return layers;
        }
    }

    private EncoderLayer layer(int index) throws IOException {
        return new EncoderLayer(
                Linear.beside(List.of(
                        linear(index, "attention.self.query"),
                        linear(index, "attention.self.key"),
                        linear(index, "attention.self.value"))),
                linear(index, "attention.output.dense"),
                norm(index, "attention.output.LayerNorm"),
                linear(index, "intermediate.dense"),
                linear(index, "output.dense"),
                norm(index, "output.LayerNorm"));
    }

    private Linear linear(int layer, String name) throws IOException {
        String node = "/encoder/layer." + layer + "/" + name.replace('.', '/') + "/MatMul_quant";
        String weight = weights.get(node);
        if (weight == null) {
            throw new IOException(MODEL + " has no node " + node + " that multiplies by whole numbers");
        }
        float[] scales = floats(weight + "_scale");
        byte[] zeros = bytes(weight + "_zero_point");
        byte[] whole = bytes(weight + "_quantized");
        float[] values = new float[whole.length];
        for (int i = 0; i < values.length; i++) {
            int column = i % scales.length;
            values[i] = (whole[i] - zeros[column]) * scales[column];
        }
        return new Linear(values, floats("encoder.layer." + layer + "." + name + ".bias"));
    }

    private Norm norm(int layer, String name) throws IOException {
        String prefix = "encoder.layer." + layer + "." + name;
        return new Norm(floats(prefix + ".weight"), floats(prefix + ".bias"));
    }

    private byte[] bytes(String name) throws IOException {
        TensorProto tensor = tensor(name);
        if (tensor.getDataType() != TensorProto.DataType.INT8.getNumber()) {
            throw new IOException(MODEL + ": " + name + " is not of whole numbers with a sign");
        }
        if (tensor.getInt32DataCount() > 0) {
            byte[] values = new byte[tensor.getInt32DataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) tensor.getInt32Data(i);
            }
            return values;
        }
        return tensor.getRawData().toByteArray();
    }

    private float[] floats(String name) throws IOException {
        TensorProto tensor = tensor(name);
        if (tensor.getFloatDataCount() > 0) {
            float[] values = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.getFloatData(i);
            }
            return values;
        }
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private TensorProto tensor(String name) throws IOException {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new IOException(MODEL + " has no " + name);
        }
        return tensor;
    }
}
