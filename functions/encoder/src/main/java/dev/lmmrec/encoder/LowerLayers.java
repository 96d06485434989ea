package dev.lmmrec.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence encoder in ONNX without its upper layers. The file is protocol buffers; only as much of them is understood
 * as is needed to leave out nodes and outputs: ONNX Runtime would compute what nobody asked for.
 */
final class LowerLayers {

    // ModelProto.graph; GraphProto.node, .output; NodeProto.name; ValueInfoProto.name
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int OUTPUT = 12;
    private static final int NODE_NAME = 3;
    private static final int OUTPUT_NAME = 1;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final Pattern LAYER = Pattern.compile("/encoder/layer\\.(\\d+)/.*");

    private final byte[] bytes;
    private int at;
    private final int end;

    private LowerLayers(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * Cuts an encoder off.
     *
     * @param model the whole encoder
     * @param layers those that are wanted, counted from 1; none above the highest of them is left
     * @return a model with an output for each wanted layer, in their order
     */
    static byte[] of(byte[] model, List<Integer> layers) {
        ByteArrayOutputStream cut = new ByteArrayOutputStream(model.length);
        LowerLayers in = new LowerLayers(model, 0, model.length);
        while (in.at < in.end) {
            int start = in.at;
            int key = (int) in.varint();
            if (key == (GRAPH << 3 | LENGTH_DELIMITED)) {
                int length = (int) in.varint();
                write(cut, GRAPH, graph(new LowerLayers(model, in.at, in.at + length), layers));
                in.at += length;
            } else {
                in.skip(key);
                cut.write(model, start, in.at - start);
            }
        }
        return cut.toByteArray();
    }

    private static byte[] graph(LowerLayers in, List<Integer> layers) {
        int highest = Collections.max(layers);
        ByteArrayOutputStream graph = new ByteArrayOutputStream(in.end - in.at);
        while (in.at < in.end) {
            int start = in.at;
            int key = (int) in.varint();
            int content = in.at;
            in.skip(key);
            boolean above = key == (NODE << 3 | LENGTH_DELIMITED) && layer(in.bytes, content, in.at) > highest;
            if (!above && key != (OUTPUT << 3 | LENGTH_DELIMITED)) {
                graph.write(in.bytes, start, in.at - start);
            }
        }
        for (int layer : layers) {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            write(value, OUTPUT_NAME, output(layer).getBytes(StandardCharsets.US_ASCII));
            write(graph, OUTPUT, value.toByteArray());
        }
        return graph.toByteArray();
    }

    /** How the model calls what a layer says. */
    static String output(int layer) {
        return "/encoder/layer." + (layer - 1) + "/output/LayerNorm/Add_1_output_0";
    }

    /** The layer that a node is of, counted from 1; 0 for those before all layers. */
    private static int layer(byte[] bytes, int from, int end) {
        LowerLayers in = new LowerLayers(bytes, from, end);
        // the message's own length stands before it
        in.varint();
        while (in.at < in.end) {
            int key = (int) in.varint();
            if (key == (NODE_NAME << 3 | LENGTH_DELIMITED)) {
                int length = (int) in.varint();
                Matcher name = LAYER.matcher(new String(bytes, in.at, length, StandardCharsets.UTF_8));
                return name.matches() ? Integer.parseInt(name.group(1)) + 1 : 0;
            }
            in.skip(key);
        }
        return 0;
    }

    private void skip(int key) {
        switch (key & 7) {
            case VARINT -> varint();
            case FIXED64 -> at += Long.BYTES;
            case LENGTH_DELIMITED -> {
                int length = (int) varint();
                at += length;
            }
            case FIXED32 -> at += Integer.BYTES;
            default -> throw new IllegalArgumentException("not an ONNX file: wire type " + (key & 7));
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not an ONNX file: a number does not end");
    }

    private static void write(ByteArrayOutputStream out, int field, byte[] content) {
        writeVarint(out, field << 3 | LENGTH_DELIMITED);
        writeVarint(out, content.length);
        out.writeBytes(content);
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
