package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.Manifest;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes rows of users of what they met, so that what happened after training counts at once. Safe for use by several
 * threads.
 */
final class Histories {

    private final Manifest.Dims dims;
    private final FloatMatrix vectors;
    private final List<int[]> trained;

    Histories(Artefact artefact) throws IOException, DamagedArtefactException {
        this.dims = artefact.manifest().dims();
        this.vectors = artefact.historyVectors();
        this.trained = artefact.userHistories();
    }

    /** What training knew that a user had met: indices of items. */
    BitSet of(int user) {
        BitSet met = new BitSet();
        Arrays.stream(trained.get(user)).forEach(met::set);
        return met;
    }

    /**
     * The row of somebody training has not seen.
     *
     * @param met indices of items
     * @return the row; empty if the artefact knows nothing that the user met
     */
    Optional<float[]> row(BitSet met) {
        if (met.isEmpty()) {
            return Optional.empty();
        }
        float[] row = new float[dims.known()];
        add(met, 1, row);
        Arrays.fill(row, vectors.columns(), row.length, 1);
        return Optional.of(row);
    }

    /**
     * The row of a user whom training has seen, moved by what the user has met since.
     *
     * @param user the index
     * @param row as training left it, not changed
     * @param met indices of items; those that training knew of move nothing
     * @return the moved row
     */
    float[] row(int user, float[] row, BitSet met) {
        BitSet before = of(user);
        BitSet now = (BitSet) before.clone();
        now.or(met);
        if (now.equals(before)) {
            return row;
        }
        float[] moved = row.clone();
        add(now, 1, moved);
        add(before, -1, moved);
        return moved;
    }

    private void add(BitSet history, int sign, float[] row) {
        double scale = sign / Math.sqrt(Math.max(1, history.cardinality()));
        history.stream().forEach(item -> {
            float[] own = vectors.row(item);
            for (int k = 0; k < own.length; k++) {
                row[k] += (float) (scale * own[k]);
            }
        });
    }
}
