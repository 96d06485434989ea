package dev.lmmrec.models;

import dev.lmmrec.models.Manifest.Dims;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What meets an artefact's item rows {@code [e_i | words_i | common_i | z_i | popularity_i]}: {@code [w_x·known_u |
 * w_t·z_u + w_m·Σ a_m·z_m | w_p]}, with the user's motives m kept apart. An item's score is the inner product, so that
 * it falls by a motive's summand {@code w_m·a_m·<z_m, z_i>}, and by nothing else, where that motive is left out.
 * Training measures with the same sum that serving ranks by.
 */
public final class FusedQuery {

    private final Dims dims;
    private final float[] vector;
    private final float[] motives;
    private final Map<String, float[]> byMotive;

    private FusedQuery(Dims dims, float[] vector, float[] motives, Map<String, float[]> byMotive) {
        this.dims = dims;
        this.vector = vector;
        this.motives = motives;
        this.byMotive = byMotive;
    }

    /**
     * Puts the parts together.
     *
     * @param dims the artefact's widths
     * @param weights of the parts
     * @param known the user's row {@code [interaction | words | common]}, if the artefact has one
     * @param text the user's aligned text vector {@code [d]}, if there is text
     * @param motives the user's motives, possibly none
     * @return the query
     * @throws IllegalArgumentException if a vector has another width
     */
    public static FusedQuery of(
            Dims dims, Weights weights, Optional<float[]> known, Optional<float[]> text, List<Motive> motives) {
        float[] vector = new float[dims.query()];
        known.ifPresent(row -> add(row, weights.interaction(), vector, 0, dims.known()));
        text.ifPresent(row -> add(row, weights.text(), vector, dims.known(), dims.aligned()));
        float[] all = new float[dims.aligned()];
        Map<String, float[]> byMotive = new TreeMap<>();
        for (Motive motive : motives) {
            float[] own = new float[dims.aligned()];
            add(motive.aligned, weights.motives() * motive.weight, own, 0, dims.aligned());
            add(own, 1, all, 0, dims.aligned());
            byMotive.put(motive.id, own);
        }
        add(all, 1, vector, dims.known(), dims.aligned());
        vector[vector.length - 1] = (float) weights.popularity();
        return new FusedQuery(dims, vector, all, byMotive);
    }

    private static void add(float[] from, double weight, float[] to, int offset, int width) {
        if (from.length != width) {
            throw new IllegalArgumentException("a vector of " + from.length + " numbers where " + width + " belong");
        }
        for (int k = 0; k < width; k++) {
            to[offset + k] += (float) (weight * from[k]);
        }
    }

    /**
     * The whole query.
     *
     * @return {@code [w]}, a copy
     */
    public float[] vector() {
        return vector.clone();
    }

    /**
     * What an item's score is the sum of.
     *
     * @param row the item's, {@code [w]}
     * @return the parts
     */
    public Parts parts(float[] row) {
        int words = dims.interaction();
        int common = words + dims.words();
        int aligned = dims.known();
        int last = row.length - 1;
        double motive = product(motives, row, aligned);
        return new Parts(
                product(row, 0, words),
                product(row, words, common) + product(row, aligned, last) - motive,
                motive,
                product(row, common, aligned) + product(row, last, last + 1));
    }

    /**
     * How much each motive adds to an item's score; less than nothing where the item has less of it than others.
     *
     * @param row the item's, {@code [w]}
     * @return summands by motive
     */
    public Map<String, Double> summands(float[] row) {
        Map<String, Double> summands = new TreeMap<>();
        byMotive.forEach((id, own) -> summands.put(id, product(own, row, dims.known())));
        return summands;
    }

    private double product(float[] row, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += (double) vector[k] * row[k];
        }
        return sum;
    }

    private static double product(float[] own, float[] row, int offset) {
        double sum = 0;
        for (int k = 0; k < own.length; k++) {
            sum += (double) own[k] * row[offset + k];
        }
        return sum;
    }

    /** One motive of a user. */
    public static final class Motive {

        private final String id;
        private final double weight;
        private final float[] aligned;

        /**
         * Takes over a vector.
         *
         * @param id names it
         * @param weight a_m, how much it counts beside the user's others
         * @param aligned z_m, {@code [d]}, not to be changed afterwards
         */
        public Motive(String id, double weight, float[] aligned) {
            this.id = id;
            this.weight = weight;
            this.aligned = aligned;
        }
    }

    /**
     * What a score is the sum of.
     *
     * @param interaction what the interaction vectors say
     * @param text what raw text says: the words that training knew, the aligned text vectors
     * @param motives what the user's motives say, each a summand of it
     * @param popularity how popular the item is, by count and as training learnt it
     */
    public record Parts(double interaction, double text, double motives, double popularity) {}
}
