package dev.lmmrec.models;

import dev.lmmrec.models.Manifest.Dims;
import java.util.List;

/**
 * Makes rows of items that came after training, beside which those of an artefact can be ranked: the aligned part is of
 * the item's own words; what interactions would say, how popular it is among that, is the mean of what they say of the
 * items whose words are nearest. Training measures with the same rows that serving ranks.
 */
public final class ArrivedRows {

    /** How many items stand in for what interactions would say. */
    public static final int NEIGHBOURS = 10;

    private final Dims dims;
    private final float[] centre;

    /**
     * Takes what the artefact did to its own items.
     *
     * @param dims the artefact's widths
     * @param centre what was taken off the aligned vectors of its items, {@code [d]}
     * @throws IllegalArgumentException if the centre has another width
     */
    public ArrivedRows(Dims dims, float[] centre) {
        requireAligned(dims, centre);
        this.dims = dims;
        this.centre = centre.clone();
    }

    /**
     * What finds an item's neighbours: those with the largest inner products.
     *
     * @param aligned what the text encoder makes of the item's words, {@code [d]}
     * @return {@code [w]}
     */
    public float[] neighbourhood(float[] aligned) {
        requireAligned(dims, aligned);
        float[] query = new float[dims.query()];
        System.arraycopy(aligned, 0, query, dims.known(), aligned.length);
        return query;
    }

    /**
     * The item's row.
     *
     * @param aligned what the text encoder makes of the item's words, {@code [d]}
     * @param neighbours rows of the artefact's items, {@code [w]} each, possibly none
     * @return {@code [w]}
     */
    public float[] row(float[] aligned, List<float[]> neighbours) {
        float[] row = neighbourhood(aligned);
        for (int k = 0; k < centre.length; k++) {
            row[dims.known() + k] -= centre[k];
        }
        for (float[] neighbour : neighbours) {
            for (int k = 0; k < dims.known(); k++) {
                row[k] += neighbour[k] / neighbours.size();
            }
            row[row.length - 1] += neighbour[row.length - 1] / neighbours.size();
        }
        return row;
    }

    private static void requireAligned(Dims dims, float[] vector) {
        if (vector.length != dims.aligned()) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " numbers, aligned ones have " + dims.aligned());
        }
    }
}
