package dev.lmmrec.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of a message in protocol buffers, where it stands: its bytes are not copied.
 *
 * @param key number and wire type
 * @param whole all of it, with its key
 * @param content of a message or a text; of a number nothing
 */
record ProtoField(int key, ByteBuffer whole, ByteBuffer content) {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    /**
     * The fields of a message.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    static List<ProtoField> all(ByteBuffer message) {
        List<ProtoField> fields = new ArrayList<>();
        ByteBuffer in = message.slice();
        while (in.hasRemaining()) {
            int start = in.position();
            int key = (int) varint(in);
            long length =
                    switch (key & 7) {
                        case VARINT -> {
                            varint(in);
                            yield 0;
                        }
                        case FIXED64 -> Long.BYTES;
                        case LENGTH_DELIMITED -> varint(in);
                        case FIXED32 -> Integer.BYTES;
                        default -> throw new IllegalArgumentException("not an ONNX file: wire type " + (key & 7));
                    };
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("not an ONNX file, or only a part of one: a field of " + length
                        + " bytes where " + in.remaining() + " are left");
            }
            ByteBuffer content = in.slice(in.position(), (int) length);
            in.position(in.position() + (int) length);
            fields.add(new ProtoField(key, in.slice(start, in.position() - start), content));
        }
        return fields;
    }

    /** Whether it is a message or a text of this number. */
    boolean isMessage(int number) {
        return key == (number << 3 | LENGTH_DELIMITED);
    }

    /** The fields of the message that it is. */
    List<ProtoField> fields() {
        return all(content);
    }

    /** The texts of this number in the message that it is. */
    List<String> texts(int number) {
        return fields().stream()
                .filter(field -> field.isMessage(number))
                .map(field ->
                        StandardCharsets.UTF_8.decode(field.content.duplicate()).toString())
                .toList();
    }

    /** Bytes that it takes, with its key. */
    int size() {
        return whole.limit();
    }

    void writeTo(ByteBuffer out) {
        out.put(whole.duplicate());
    }

    /** A field that is a message or a text. */
    static byte[] message(int number, byte[] content) {
        byte[] key = key(number, content.length);
        return ByteBuffer.allocate(key.length + content.length)
                .put(key)
                .put(content)
                .array();
    }

    /** What stands before a content of this length. */
    static byte[] key(int number, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, number << 3 | LENGTH_DELIMITED);
        write(out, length);
        return out.toByteArray();
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not an ONNX file: a number does not end");
    }

    private static void write(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
