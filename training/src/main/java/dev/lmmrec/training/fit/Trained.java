package dev.lmmrec.training.fit;

import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.text.TextEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model after training, in its best state.
 *
 * @param interaction normalised interaction vectors
 * @param aligned what the text encoder makes of profiles; zero vectors without a text side
 * @param known text vectors of known users and items that rank in place of the aligned ones, if there are such
 * @param common how many of the last components of the known ones are 1 for every user
 * @param encoder the text encoder, if the run had one
 * @param bestEpoch the epoch of the state, from 1
 * @param history what was seen on the way
 */
public record Trained(
        Factors interaction,
        Factors aligned,
        Optional<Factors> known,
        int common,
        Optional<TextEncoder.Weights> encoder,
        int bestEpoch,
        List<Checkpoint> history) {

    /** Copies the history. */
    public Trained {
        history = List.copyOf(history);
    }

    /**
     * The text vectors that rank for known users.
     *
     * @return the known ones, or else the aligned ones
     */
    public Factors text() {
        return known.orElse(aligned);
    }

    /**
     * One validation.
     *
     * @param epoch after which epoch, from 1
     * @param loss the mean loss of the epoch's batches
     * @param recall validation Recall@20; 0 without validation
     * @param gradientShares each term's gradient norm over the sum of all terms' norms, on one batch
     */
    public record Checkpoint(int epoch, double loss, double recall, Map<String, Double> gradientShares) {

        /** Copies the map. */
        public Checkpoint {
            gradientShares = Map.copyOf(gradientShares);
        }
    }
}
