package dev.lmmrec.core.vector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;

/**
 * An immutable vector of floats, {@code [d]}.
 *
 * <p>At rest it is base64 over one little-endian float (the scale) and one signed byte per component, so that a profile
 * with twenty 384-d vectors stays under 10 KB. Reading back what was written changes no component by more than 1/254 of
 * the largest one; writing what was read changes nothing. A vector whose components are all below 1e-36 reads back as
 * zeros.
 */
public final class DenseVector {

    private static final int LEVELS = 127;
    private static final int SCALE_BITS = 0xFFFF_FF80;

    private final float[] components;

    /** The form at rest this was read from; null for a vector that was computed. */
    private final String encoded;

    private DenseVector(float[] components, String encoded) {
        this.components = components;
        this.encoded = encoded;
    }

    /**
     * Copies an array.
     *
     * @param components {@code [d]}, all finite
     * @return the vector
     * @throws IllegalArgumentException if a component is not finite
     */
    public static DenseVector of(float... components) {
        for (int i = 0; i < components.length; i++) {
            if (!Float.isFinite(components[i])) {
                throw new IllegalArgumentException("component " + i + " is " + components[i] + ", must be finite");
            }
        }
        return new DenseVector(components.clone(), null);
    }

    /**
     * The mean direction.
     *
     * @param vectors vectors of one width, at least one
     * @return their mean, L2-normalised
     */
    public static DenseVector meanDirection(Collection<DenseVector> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("the mean of no vectors");
        }
        double[] sum = new double[vectors.iterator().next().width()];
        for (DenseVector vector : vectors) {
            vector.requireWidth(sum.length);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector.components[i];
            }
        }
        double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = norm == 0 ? 0 : (float) (sum[i] / norm);
        }
        return new DenseVector(mean, null);
    }

    /**
     * The number of components.
     *
     * @return d
     */
    public int width() {
        return components.length;
    }

    /**
     * A copy of the components.
     *
     * @return {@code [d]}
     */
    public float[] toArray() {
        return components.clone();
    }

    /**
     * The inner product; of two L2-normalised vectors, their cosine.
     *
     * @param other a vector of the same width
     * @return the inner product
     * @throws IllegalArgumentException if the widths differ
     */
    public double dot(DenseVector other) {
        other.requireWidth(components.length);
        float[] others = other.components;
        // four sums, so that no addition waits for the one before
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < components.length; i += 4) {
            first += (double) components[i] * others[i];
            second += (double) components[i + 1] * others[i + 1];
            third += (double) components[i + 2] * others[i + 2];
            fourth += (double) components[i + 3] * others[i + 3];
        }
        for (; i < components.length; i++) {
            first += (double) components[i] * others[i];
        }
        return first + second + third + fourth;
    }

    /**
     * The form at rest.
     *
     * @return base64 text
     */
    @JsonValue
    public String encode() {
        if (encoded != null) {
            return encoded;
        }
        float largest = 0;
        for (float component : components) {
            largest = Math.max(largest, Math.abs(component));
        }
        float scale = exactScale(largest / LEVELS);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES + components.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(scale);
        for (float component : components) {
            bytes.put((byte) (scale == 0 ? 0 : Math.round(component / scale)));
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /**
     * Rounds a scale down to a mantissa of 17 bits, so that its products with up to 127 levels are exact: then reading
     * and writing again finds the same scale, and no product is larger than what was written.
     */
    private static float exactScale(float scale) {
        return scale < Float.MIN_NORMAL ? 0 : Float.intBitsToFloat(Float.floatToIntBits(scale) & SCALE_BITS);
    }

    /**
     * Reads the form at rest.
     *
     * @param encoded what {@link #encode()} gave
     * @return the vector
     * @throws IllegalArgumentException if it is not base64 or too short
     */
    @JsonCreator
    public static DenseVector decode(String encoded) {
        byte[] raw = Base64.getDecoder().decode(encoded);
        if (raw.length < Float.BYTES) {
            throw new IllegalArgumentException("a vector at rest has at least 4 bytes, got " + raw.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        float scale = bytes.getFloat();
        float[] components = new float[raw.length - Float.BYTES];
        for (int i = 0; i < components.length; i++) {
            components[i] = bytes.get() * scale;
        }
        for (float component : components) {
            if (!Float.isFinite(component)) {
                throw new IllegalArgumentException("a vector at rest has the scale " + scale + ", must be finite");
            }
        }
        return new DenseVector(components, encoded);
    }

    /**
     * This vector as it will be read back after it was written, so that a result does not depend on whether a part of
     * it came from memory or from a table.
     *
     * @return the rounded vector
     */
    public DenseVector atRest() {
        return encoded == null ? decode(encode()) : this;
    }

    private void requireWidth(int width) {
        if (components.length != width) {
            throw new IllegalArgumentException("vector has width " + components.length + ", expected " + width);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DenseVector that && Arrays.equals(components, that.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "DenseVector[" + components.length + "]";
    }
}
