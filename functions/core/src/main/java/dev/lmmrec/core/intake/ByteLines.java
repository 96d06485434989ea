package dev.lmmrec.core.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines of bytes and never holds more than a limit of any of them: what goes beyond it is counted
 * and dropped.
 */
final class ByteLines {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int LINE_BYTES_FIRST = 1 << 12;

    private final InputStream in;
    private final int lineBytesMax;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int chunkAt;
    private int chunkEnd;

    private byte[] line = new byte[LINE_BYTES_FIRST];
    private int held;
    private long length;
    private long number;
    private long start;
    private long offset;

    ByteLines(InputStream in, int lineBytesMax) {
        this(in, lineBytesMax, ReviewFile.Position.START);
    }

    /** A stream of which the part before a position was read already. */
    ByteLines(InputStream in, int lineBytesMax, ReviewFile.Position from) {
        this.in = in;
        this.lineBytesMax = lineBytesMax;
        this.offset = from.offset();
        this.number = from.lines();
    }

    /** Where the line after this one begins. */
    ReviewFile.Position end() {
        return new ReviewFile.Position(offset, number);
    }

    /**
     * Goes to the next line. If reading fails in the middle of a line, what was read of it is this line.
     *
     * @return false at the end
     */
    boolean next() throws IOException {
        held = 0;
        length = 0;
        start = offset;
        number++;
        boolean any = false;
        while (fill()) {
            any = true;
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                end++;
            }
            hold(chunkAt, end);
            boolean complete = end < chunkEnd;
            offset += end - chunkAt + (complete ? 1 : 0);
            chunkAt = end + (complete ? 1 : 0);
            if (complete) {
                break;
            }
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (chunkAt < chunkEnd) {
            return true;
        }
        chunkAt = 0;
        chunkEnd = 0;
        int read = in.read(chunk);
        if (read <= 0) {
            return false;
        }
        chunkEnd = read;
        return true;
    }

    private void hold(int from, int to) {
        length += to - from;
        int wanted = Math.min(to - from, lineBytesMax - held);
        if (held + wanted > line.length) {
            line = Arrays.copyOf(line, Math.min(lineBytesMax, Math.max(held + wanted, 2 * line.length)));
        }
        System.arraycopy(chunk, from, line, held, wanted);
        held += wanted;
    }

    /** The line's bytes; only the first {@link #held()} count, and only until the next call of {@link #next()}. */
    byte[] bytes() {
        return line;
    }

    int held() {
        return held;
    }

    /** How long the line is, dropped bytes included and its end excluded. */
    long length() {
        return length;
    }

    /** The line's number from 1. */
    long number() {
        return number;
    }

    /** Where the line starts, in bytes of the (unpacked) stream. */
    long start() {
        return start;
    }

    /** How many bytes this object holds in memory. */
    long heldInMemoryBytes() {
        return (long) line.length + chunk.length;
    }
}
