package dev.lmmrec.bench.search;

import java.util.Locale;
import java.util.Random;

/** Made-up items and users, always the same for the same seed. */
public enum Vectors {
    /** Every number by itself: nothing is near to anything, which is the hardest case for a graph. */
    RANDOM {
        @Override
        float[] item(int index, int width, long seed) {
            return gaussian(new Random(mixed(seed, index)), width, 1);
        }

        @Override
        float[] user(int index, int width, long seed) {
            return gaussian(new Random(mixed(seed + 1, index)), width, 1);
        }
    },
    /**
     * As training makes them: a thousand groups of items of unequal sizes, items of unequal lengths, users between two
     * groups.
     */
    CLUSTERED {
        @Override
        float[] item(int index, int width, long seed) {
            Random random = new Random(mixed(seed, index));
            float[] vector = centre(group(random), width, seed);
            add(vector, gaussian(random, width, SPREAD), 1);
            float length = (float) Math.exp(LENGTH_SPREAD * random.nextGaussian());
            for (int k = 0; k < width; k++) {
                vector[k] *= length;
            }
            return vector;
        }

        @Override
        float[] user(int index, int width, long seed) {
            Random random = new Random(mixed(seed + 1, index));
            float[] vector = centre(group(random), width, seed);
            add(vector, centre(group(random), width, seed), random.nextFloat());
            add(vector, gaussian(random, width, SPREAD), 1);
            return vector;
        }

        /** Low numbers come more often. */
        private int group(Random random) {
            double share = random.nextDouble();
            return (int) (GROUPS * share * share);
        }

        private float[] centre(int group, int width, long seed) {
            return gaussian(new Random(mixed(seed + 2, group)), width, 1);
        }
    };

    private static final int GROUPS = 1_000;
    private static final float SPREAD = 0.5f;
    private static final double LENGTH_SPREAD = 0.2;

    /**
     * An item.
     *
     * @param index which one
     * @param width how many numbers
     * @param seed decides all of them
     * @return {@code [width]}
     */
    abstract float[] item(int index, int width, long seed);

    /**
     * A user.
     *
     * @param index which one
     * @param width how many numbers
     * @param seed decides all of them
     * @return {@code [width]}
     */
    abstract float[] user(int index, int width, long seed);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Neighbouring seeds of the generator give like first numbers; this spreads them. */
    private static long mixed(long seed, int index) {
        long mixed = (seed * 0x9E3779B97F4A7C15L + index) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 31;
    }

    private static float[] gaussian(Random random, int width, float scale) {
        float[] vector = new float[width];
        for (int k = 0; k < width; k++) {
            vector[k] = scale * (float) random.nextGaussian();
        }
        return vector;
    }

    private static void add(float[] to, float[] what, float times) {
        for (int k = 0; k < to.length; k++) {
            to[k] += times * what[k];
        }
    }
}
