package dev.lmmrec.training.gradient;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays that steps use again and again, so that memory neither grows nor is cleared at every step. What is lent to a
 * tape comes back when the tape closes. Lent arrays hold whatever was in them before. Not for several threads.
 */
public final class HostMemory {

    private final Map<Integer, Deque<float[]>> arrays = new HashMap<>();
    private final Map<Integer, Deque<ByteBuffer>> buffers = new HashMap<>();
    private long allocatedFloats;

    /**
     * Lends an array.
     *
     * @param tape until this closes
     * @param length how many numbers
     * @return any content
     */
    public float[] floats(Tape tape, int length) {
        Deque<float[]> free = arrays.computeIfAbsent(length, n -> new ArrayDeque<>());
        float[] array = free.isEmpty() ? allocate(length) : free.pop();
        tape.atClose(() -> free.push(array));
        return array;
    }

    /**
     * Lends an array that may be longer than asked for, so that lengths that change from step to step share arrays.
     *
     * @param tape until this closes
     * @param length how many numbers at least
     * @return any content
     */
    public float[] floatsFrom(Tape tape, int length) {
        return floats(tape, Math.max(1, Integer.highestOneBit(Math.max(1, length - 1)) << 1));
    }

    /**
     * Lends native memory that the engine can look at without a copy.
     *
     * @param tape until this closes
     * @param length how many numbers
     * @return any content
     */
    ByteBuffer direct(Tape tape, int length) {
        Deque<ByteBuffer> free = buffers.computeIfAbsent(length, n -> new ArrayDeque<>());
        ByteBuffer buffer = free.isEmpty() ? allocateDirect(length) : free.pop();
        tape.atClose(() -> free.push(buffer));
        return buffer;
    }

    /**
     * How much was ever allocated: it stays the same once every kind of step was taken.
     *
     * @return numbers, in arrays and native memory
     */
    public long allocatedFloats() {
        return allocatedFloats;
    }

    private float[] allocate(int length) {
        allocatedFloats += length;
        return new float[length];
    }

    private ByteBuffer allocateDirect(int length) {
        allocatedFloats += length;
        return nativeBuffer(length);
    }

    static ByteBuffer nativeBuffer(int length) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                .order(ByteOrder.nativeOrder());
    }
}
