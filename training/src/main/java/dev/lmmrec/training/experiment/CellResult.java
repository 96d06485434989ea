package dev.lmmrec.training.experiment;

import dev.lmmrec.training.evaluation.Placements;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cell gave. Nothing in it depends on when, where or how fast it was computed; that is in {@link Computed}.
 *
 * @param cell what was computed
 * @param data the fingerprint of interactions and text
 * @param validation figures on the validation part
 * @param test figures on the test part
 * @param userSlices of the test part, by training interactions of users, at 20
 * @param itemSlices of the test part, by training interactions of items, at 20
 * @param bestEpoch of a model that was learnt by gradient; 0 otherwise
 * @param history its validations
 * @param notes what else was found
 * @param placements where the test items of every user were placed
 */
public record CellResult(
        Cell cell,
        String data,
        Map<String, Double> validation,
        Map<String, Double> test,
        List<Slices.Users> userSlices,
        List<Slices.Items> itemSlices,
        int bestEpoch,
        List<Checkpoint> history,
        Map<String, String> notes,
        Placements placements) {

    /** Copies the collections. */
    public CellResult {
        validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
        test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
        userSlices = List.copyOf(userSlices);
        itemSlices = List.copyOf(itemSlices);
        history = List.copyOf(history);
        notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    }

    /**
     * How a cell was computed.
     *
     * @param seconds of training and measuring
     * @param finished when, ISO 8601
     * @param machine processor, cores and Java
     * @param commit of the program; {@code unknown} if it does not say
     * @param command what was typed
     */
    public record Computed(double seconds, String finished, String machine, String commit, String command) {}

    /**
     * A combination of settings that was tried.
     *
     * @param choice the model with all its settings
     * @param validationRecall its Recall@20 on the validation part
     */
    public record Trial(Choice choice, double validationRecall) {}
}
