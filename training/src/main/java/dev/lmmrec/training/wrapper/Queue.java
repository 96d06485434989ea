package dev.lmmrec.training.wrapper;

import java.util.Arrays;
import java.util.BitSet;

/** The users or items of the latest steps, a ring of fixed size; their vectors are looked up where they are needed. */
final class Queue {

    private final int[] ring;
    private int next;
    private int filled;

    Queue(int capacity) {
        ring = new int[capacity];
    }

    void add(int[] nodes) {
        for (int node : nodes) {
            if (ring.length > 0) {
                ring[next] = node;
                next = (next + 1) % ring.length;
                filled = Math.min(filled + 1, ring.length);
            }
        }
    }

    /** Some nodes, and behind them those of the queue that are not among them, each once. */
    int[] behind(int[] nodes) {
        BitSet there = new BitSet();
        int[] all = new int[nodes.length + filled];
        int size = 0;
        for (int node : nodes) {
            there.set(node);
            all[size++] = node;
        }
        for (int at = 0; at < filled; at++) {
            if (!there.get(ring[at])) {
                there.set(ring[at]);
                all[size++] = ring[at];
            }
        }
        return Arrays.copyOf(all, size);
    }

    /** Indices are far below 2^24, so that floats hold them. */
    float[] numbers() {
        float[] numbers = new float[ring.length + 2];
        numbers[0] = next;
        numbers[1] = filled;
        for (int at = 0; at < ring.length; at++) {
            numbers[at + 2] = ring[at];
        }
        return numbers;
    }

    void set(float[] numbers) {
        next = (int) numbers[0];
        filled = (int) numbers[1];
        for (int at = 0; at < ring.length; at++) {
            ring[at] = (int) numbers[at + 2];
        }
    }
}
