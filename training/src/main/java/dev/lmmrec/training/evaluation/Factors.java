package dev.lmmrec.training.evaluation;

import java.util.Arrays;
import java.util.Optional;

/** One vector per user and per item; the score is the inner product. A zero vector stands for one that is unknown. */
public final class Factors implements Scorer {

    /** Items whose vectors stay in a core's cache while the users of a block meet them. */
    private static final int TILE = 512;

    private final int width;
    private final float[] users;
    private final float[] items;

    /**
     * By tiles, then components, then items: the inner loop of a product has no sum, and all its arrays have the same
     * index. With an offset in one of them the compiler could not tell them apart and would make no vector loop of it.
     */
    private final float[][][] tiles;

    /** What {@link #centred} took off each item, {@code [d]}. */
    private final float[] centre;

    /**
     * Takes over two matrices.
     *
     * @param width d
     * @param users {@code [U, d]} flat, not to be changed afterwards
     * @param items {@code [n, d]} flat, not to be changed afterwards
     * @throws IllegalArgumentException if a matrix has a broken row
     */
    public Factors(int width, float[] users, float[] items) {
        this(width, users, items, new float[Math.max(0, width)]);
    }

    private Factors(int width, float[] users, float[] items, float[] centre) {
        if (width < 1 || users.length % width != 0 || items.length % width != 0) {
            throw new IllegalArgumentException(
                    "matrices of " + users.length + " and " + items.length + " numbers do not have width " + width);
        }
        this.width = width;
        this.users = users;
        this.items = items;
        this.tiles = tiles(width, items);
        this.centre = centre;
    }

    private static float[][][] tiles(int width, float[] items) {
        int n = items.length / width;
        float[][][] tiles = new float[(n + TILE - 1) / TILE][width][TILE];
        for (int item = 0; item < n; item++) {
            for (int k = 0; k < width; k++) {
                tiles[item / TILE][k][item % TILE] = items[item * width + k];
            }
        }
        return tiles;
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
        score(new int[] {user}, new float[][] {scores});
    }

    @Override
    public void score(int[] own, float[][] scores) {
        float[] sums = new float[TILE];
        for (int tile = 0; tile < tiles.length; tile++) {
            int from = tile * TILE;
            for (int u = 0; u < own.length; u++) {
                products(own[u] * width, tiles[tile], sums);
                System.arraycopy(sums, 0, scores[u], from, Math.min(TILE, itemCount() - from));
            }
        }
    }

    /** Sums up in the order of components, so that a score is the same number however items and users are cut. */
    private void products(int user, float[][] tile, float[] sums) {
        Arrays.fill(sums, 0);
        int k = 0;
        for (; k + 4 <= width; k += 4) {
            addFour(tile[k], tile[k + 1], tile[k + 2], tile[k + 3], user + k, sums);
        }
        for (; k < width; k++) {
            float u = users[user + k];
            float[] across = tile[k];
            for (int i = 0; i < TILE; i++) {
                sums[i] += u * across[i];
            }
        }
    }

    private void addFour(float[] a0, float[] a1, float[] a2, float[] a3, int user, float[] sums) {
        float u0 = users[user];
        float u1 = users[user + 1];
        float u2 = users[user + 2];
        float u3 = users[user + 3];
        for (int i = 0; i < TILE; i++) {
            sums[i] = sums[i] + u0 * a0[i] + u1 * a1[i] + u2 * a2[i] + u3 * a3[i];
        }
    }

    @Override
    public Optional<Scorer> twin() {
        return Optional.of(this);
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
     * The same directions with other lengths of items: a length r becomes {@code r} to the power of the exponent, so
     * that what a length says, mostly how popular the item is, counts more or less.
     *
     * @param exponent 1 keeps lengths, 0 makes them all 1; zero vectors stay so
     * @return the changed vectors
     */
    public Factors withItemNorms(double exponent) {
        if (exponent == 1) {
            return this;
        }
        float[] changed = items.clone();
        for (int row = 0; row < changed.length; row += width) {
            double squares = 0;
            for (int k = row; k < row + width; k++) {
                squares += (double) items[k] * items[k];
            }
            double factor = squares == 0 ? 0 : Math.pow(squares, (exponent - 1) / 2);
            for (int k = row; k < row + width; k++) {
                changed[k] *= (float) factor;
            }
        }
        return new Factors(width, users, changed);
    }

    /**
     * The same vectors with the items' mean taken off each item, so that an inner product says how much better an item
     * does than the average one: every user's order stays. Zero vectors stay zero: an item of which nothing is known is
     * an average one.
     *
     * @return centred vectors
     */
    public Factors centred() {
        double[] sum = new double[width];
        int some = 0;
        for (int row = 0; row < items.length; row += width) {
            some += isZero(row) ? 0 : 1;
            for (int k = 0; k < width; k++) {
                sum[k] += items[row + k];
            }
        }
        float[] mean = new float[width];
        float[] whole = centre.clone();
        for (int k = 0; k < width && some > 0; k++) {
            mean[k] = (float) (sum[k] / some);
            whole[k] += mean[k];
        }
        float[] centred = new float[items.length];
        for (int row = 0; row < items.length; row += width) {
            for (int k = 0; k < width && !isZero(row); k++) {
                centred[row + k] = items[row + k] - mean[k];
            }
        }
        return new Factors(width, users, centred, whole);
    }

    /**
     * What {@link #centred} took off each item: an item that comes later must lose the same to stand beside the others.
     *
     * @return {@code [d]}, a copy; zeros for vectors as they were made
     */
    public float[] centre() {
        return centre.clone();
    }

    private boolean isZero(int row) {
        for (int k = row; k < row + width; k++) {
            if (items[k] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same items for other users.
     *
     * @param others {@code [U, d]} flat, not to be changed afterwards
     * @return new factors
     */
    public Factors withUsers(float[] others) {
        return new Factors(width, others, items, centre);
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
