package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): item after item, the one of the largest (1 − δ) ·
 * relevance − δ · similarity to the nearest of those taken already. Relevance is the score, from 0 to 1 over the pool;
 * similarity the cosine of the items' vectors without popularity.
 */
final class Diversity {

    private final Candidates candidates;
    private final Manifest.Dims dims;
    private final double share;

    /**
     * Sets the balance.
     *
     * @param candidates the items' rows
     * @param dims the widths of their parts
     * @param share δ, from 0 to 1
     */
    Diversity(Candidates candidates, Manifest.Dims dims, double share) {
        this.candidates = candidates;
        this.dims = dims;
        this.share = share;
    }

    /** Takes k places of a pool that is sorted by score; with δ = 0 the first k. */
    List<Integer> take(Hits pool, int k) {
        int size = pool.size();
        List<Integer> taken = new ArrayList<>();
        if (size == 0) {
            return taken;
        }
        float[][] directions = new float[size][];
        for (int place = 0; place < size; place++) {
            directions[place] = direction(pool.item(place));
        }
        double best = pool.score(0);
        double range = Math.max(1e-12, best - pool.score(size - 1));
        double[] nearest = new double[size];
        boolean[] gone = new boolean[size];
        while (taken.size() < Math.min(k, size)) {
            int next = -1;
            double nextValue = 0;
            for (int place = 0; place < size; place++) {
                double relevance = 1 - (best - pool.score(place)) / range;
                double value = (1 - share) * relevance - share * nearest[place];
                if (!gone[place] && (next < 0 || value > nextValue)) {
                    next = place;
                    nextValue = value;
                }
            }
            gone[next] = true;
            taken.add(next);
            for (int place = 0; place < size; place++) {
                nearest[place] = Math.max(nearest[place], InnerProduct.of(directions[next], directions[place]));
            }
        }
        return taken;
    }

    private float[] direction(int item) {
        float[] row = candidates.row(item);
        Arrays.fill(row, dims.known() - dims.common(), dims.known(), 0);
        row[row.length - 1] = 0;
        double norm = Math.sqrt(InnerProduct.of(row, row));
        for (int i = 0; i < row.length && norm > 0; i++) {
            row[i] /= (float) norm;
        }
        return row;
    }
}
