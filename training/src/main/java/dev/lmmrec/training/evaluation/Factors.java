package dev.lmmrec.training.evaluation;

import java.util.Arrays;

/** One vector per user and per item; the score is the inner product. A zero vector stands for one that is unknown. */
public final class Factors implements Scorer {

    private final int width;
    private final float[] users;
    private final float[] items;

    /**
     * Takes over two matrices.
     *
     * @param width d
     * @param users {@code [U, d]} flat, not to be changed afterwards
     * @param items {@code [n, d]} flat, not to be changed afterwards
     * @throws IllegalArgumentException if a matrix has a broken row
     */
    public Factors(int width, float[] users, float[] items) {
        if (width < 1 || users.length % width != 0 || items.length % width != 0) {
            throw new IllegalArgumentException(
                    "matrices of " + users.length + " and " + items.length + " numbers do not have width " + width);
        }
        this.width = width;
        this.users = users;
        this.items = items;
    }

    /**
     * Vectors that say nothing.
     *
     * @param width d
     * @param users how many users
     * @param items how many items
     * @return zero vectors
     */
    public static Factors zero(int width, int users, int items) {
        return new Factors(width, new float[users * width], new float[items * width]);
    }

    @Override
    public void score(int user, float[] scores) {
        int u = user * width;
        int item = 0;
        // four sums at once, since each addition waits for the one before it
        for (; item + 4 <= scores.length; item += 4) {
            int i = item * width;
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            for (int k = 0; k < width; k++) {
                float x = users[u + k];
                s0 += x * items[i + k];
                s1 += x * items[i + width + k];
                s2 += x * items[i + 2 * width + k];
                s3 += x * items[i + 3 * width + k];
            }
            scores[item] = s0;
            scores[item + 1] = s1;
            scores[item + 2] = s2;
            scores[item + 3] = s3;
        }
        for (; item < scores.length; item++) {
            int i = item * width;
            float sum = 0;
            for (int k = 0; k < width; k++) {
                sum += users[u + k] * items[i + k];
            }
            scores[item] = sum;
        }
    }

    /**
     * The same vectors, scaled so that the root mean square of user norms times that of item norms is 1: inner products
     * then have the size of cosines, and weights found for one model fit its refit.
     *
     * @return scaled vectors; zero vectors stay zero
     */
    public Factors normalised() {
        double user = rootMeanSquareNorm(users);
        double item = rootMeanSquareNorm(items);
        return new Factors(width, scaled(users, user), scaled(items, item));
    }

    /**
     * The number of components.
     *
     * @return d
     */
    public int width() {
        return width;
    }

    /**
     * How many users there are.
     *
     * @return U
     */
    public int userCount() {
        return users.length / width;
    }

    /**
     * How many items there are.
     *
     * @return n
     */
    public int itemCount() {
        return items.length / width;
    }

    /**
     * One user's vector.
     *
     * @param user the user's index
     * @return {@code [d]}, a copy
     */
    public float[] user(int user) {
        return Arrays.copyOfRange(users, user * width, (user + 1) * width);
    }

    /**
     * One item's vector.
     *
     * @param item the item's index
     * @return {@code [d]}, a copy
     */
    public float[] item(int item) {
        return Arrays.copyOfRange(items, item * width, (item + 1) * width);
    }

    private double rootMeanSquareNorm(float[] matrix) {
        double sum = 0;
        for (float x : matrix) {
            sum += (double) x * x;
        }
        return Math.sqrt(sum * width / Math.max(1, matrix.length));
    }

    private static float[] scaled(float[] matrix, double norm) {
        float[] scaled = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            scaled[i] = norm == 0 ? 0 : (float) (matrix[i] / norm);
        }
        return scaled;
    }
}
