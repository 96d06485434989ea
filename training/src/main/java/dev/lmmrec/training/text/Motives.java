package dev.lmmrec.training.text;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.training.data.Dataset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.Checksum;

/**
 * The motivation vectors of one side, users or items: for each owner at most {@link #SLOTS} of them, heaviest first. A
 * motivation that a single review gave remembers whose review it was, so that it can be left out where that very pair
 * is trained on.
 */
public final class Motives {

    /** How many motivations of a profile take part. */
    public static final int SLOTS = 8;

    private static final int NOBODY = -1;

    private final float[] vectors;
    private final int[] row;
    private final float[] weight;
    private final int[] onlySource;

    private Motives(float[] vectors, int[] row, float[] weight, int[] onlySource) {
        this.vectors = vectors;
        this.row = row;
        this.weight = weight;
        this.onlySource = onlySource;
    }

    static Motives of(
            List<String> owners,
            List<String> counterparts,
            Function<String, ProfileKey> keyOf,
            Map<ProfileKey, Profile> profiles) {
        Map<String, Integer> counterpart = new HashMap<>();
        counterparts.forEach(id -> counterpart.put(id, counterpart.size()));
        List<float[]> vectors = new ArrayList<>();
        int[] row = new int[owners.size() * SLOTS];
        float[] weight = new float[row.length];
        int[] onlySource = new int[row.length];
        Arrays.fill(onlySource, NOBODY);
        for (int owner = 0; owner < owners.size(); owner++) {
            ProfileKey key = keyOf.apply(owners.get(owner));
            Profile profile = profiles.get(key);
            int slot = owner * SLOTS;
            for (ProfileMotivation motivation :
                    profile == null ? List.<ProfileMotivation>of() : profile.motivations()) {
                if (motivation.vector() == null || slot == (owner + 1) * SLOTS) {
                    continue;
                }
                row[slot] = vectors.size();
                weight[slot] = (float) motivation.weight();
                if (motivation.support() == 1) {
                    var quote = motivation.quotes().get(0);
                    String other = quote.userId().equals(key.id()) ? quote.itemId() : quote.userId();
                    onlySource[slot] = counterpart.getOrDefault(other, NOBODY);
                }
                vectors.add(motivation.vector().toArray());
                slot++;
            }
        }
        float[] flat = new float[Math.max(1, vectors.size()) * Dataset.TEXT_WIDTH];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, flat, i * Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH);
        }
        return new Motives(flat, row, weight, onlySource);
    }

    /**
     * Nobody has any.
     *
     * @param owners how many users or items there are
     * @return empty slots
     */
    static Motives none(int owners) {
        int[] onlySource = new int[owners * SLOTS];
        Arrays.fill(onlySource, NOBODY);
        return new Motives(
                new float[Dataset.TEXT_WIDTH], new int[owners * SLOTS], new float[owners * SLOTS], onlySource);
    }

    /**
     * All vectors.
     *
     * @return {@code [M, 384]} flat; not to be changed
     */
    float[] vectors() {
        return vectors;
    }

    /**
     * Which vectors belong to some owners.
     *
     * @param owners indices {@code [k]}
     * @return rows of {@link #vectors()}, {@code [k, SLOTS]} flat; any row where the slot has no weight
     */
    public long[] rows(int[] owners) {
        long[] rows = new long[owners.length * SLOTS];
        for (int i = 0; i < owners.length; i++) {
            for (int s = 0; s < SLOTS; s++) {
                rows[i * SLOTS + s] = row[owners[i] * SLOTS + s];
            }
        }
        return rows;
    }

    /**
     * How much they weigh.
     *
     * @param owners indices {@code [k]}
     * @param leftOut the counterpart whose reviews are left out for each owner, {@code [k]}; -1 for none
     * @return {@code [k, SLOTS]} flat; 0 for an empty slot
     */
    public float[] weights(int[] owners, int[] leftOut) {
        float[] weights = new float[owners.length * SLOTS];
        for (int i = 0; i < owners.length; i++) {
            for (int s = 0; s < SLOTS; s++) {
                int at = owners[i] * SLOTS + s;
                weights[i * SLOTS + s] = leftOut[i] >= 0 && onlySource[at] == leftOut[i] ? 0 : weight[at];
            }
        }
        return weights;
    }

    /** Adds all that is read of them. */
    void addTo(Checksum sum) {
        ReviewTexts.add(vectors, sum);
        ReviewTexts.add(weight, sum);
        ByteBuffer whose = ByteBuffer.allocate(2 * row.length * Integer.BYTES);
        whose.asIntBuffer().put(row).put(onlySource);
        sum.update(whose.array());
    }

    /**
     * Whether anybody has any.
     *
     * @return false if every slot is empty
     */
    public boolean present() {
        for (float w : weight) {
            if (w > 0) {
                return true;
            }
        }
        return false;
    }
}
