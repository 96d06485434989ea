package dev.lmmrec.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An ONNX graph under construction, opset 17, IR 8. Sizes that may vary are named, others are numbers. */
final class OnnxGraph {

    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    OnnxGraph(String name) {
        graph.setName(name);
    }

    OnnxGraph floatInput(String name, Object... shape) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, shape));
        return this;
    }

    OnnxGraph longInput(String name, Object... shape) {
        graph.addInput(value(name, TensorProto.DataType.INT64, shape));
        return this;
    }

    OnnxGraph floatOutput(String name, Object... shape) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
        return this;
    }

    OnnxGraph longOutput(String name, Object... shape) {
        graph.addOutput(value(name, TensorProto.DataType.INT64, shape));
        return this;
    }

    OnnxGraph constant(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return this;
    }

    OnnxGraph longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    OnnxGraph bytes(String name, byte[] values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT8.getNumber())
                .setRawData(ByteString.copyFrom(values));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return this;
    }

    OnnxGraph node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(outputs.get(0) + "." + operator)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    /** Multiplies by {@code name.weight} and adds {@code name.bias}. */
    OnnxGraph linear(String from, String name, String to) {
        node("MatMul", List.of(from, name + ".weight"), List.of(to + ".product"));
        return node("Add", List.of(to + ".product", name + ".bias"), List.of(to));
    }

    /** Normalises the last dimension, then multiplies by {@code name.scale} and adds {@code name.shift}. */
    OnnxGraph normalise(String from, String name, String to, float epsilon) {
        return node(
                "LayerNormalization",
                List.of(from, name + ".scale", name + ".shift"),
                List.of(to),
                attribute("axis", -1),
                attribute("epsilon", epsilon));
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    void write(Path file) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("lmmrec")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            model.writeTo(out);
        }
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (Object size : shape) {
            TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
            dims.addDim(size instanceof Number n ? dim.setDimValue(n.longValue()) : dim.setDimParam(size.toString()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dims)))
                .build();
    }
}
