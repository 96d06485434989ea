package dev.lmmrec.training.experiment;

import dev.lmmrec.training.evaluation.Metrics.Spread;
import dev.lmmrec.training.evaluation.PairedBootstrap.Difference;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.experiment.CellResult.Trial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a study found, as {@code results.json} has it.
 *
 * @param study its name
 * @param data the fingerprint of interactions and text
 * @param summary what the data are
 * @param seeds of splits and training
 * @param trials combinations of settings that each model might try
 * @param resamples draws of each paired bootstrap
 * @param choices how each model's settings were chosen, in the order of tables
 * @param rows what was measured, in the order of tables
 * @param comparisons pairs of rows
 * @param notes what was left out and why
 */
public record Results(
        String study,
        String data,
        String summary,
        List<Long> seeds,
        int trials,
        int resamples,
        List<Chosen> choices,
        List<Row> rows,
        List<Comparison> comparisons,
        List<String> notes) {

    /** Copies the lists. */
    public Results {
        seeds = List.copyOf(seeds);
        choices = List.copyOf(choices);
        rows = List.copyOf(rows);
        comparisons = List.copyOf(comparisons);
        notes = List.copyOf(notes);
    }

    /**
     * How settings were chosen.
     *
     * @param model the model's name
     * @param choice what was chosen
     * @param trials what was tried on validation; none if the defaults were taken
     */
    public record Chosen(String model, Choice choice, List<Trial> trials) {

        /** Copies the list. */
        public Chosen {
            trials = List.copyOf(trials);
        }
    }

    /**
     * A row of a table: one model, over the seeds.
     *
     * @param label the row's name
     * @param choice its settings
     * @param noise what was corrupted
     * @param runs one per seed
     * @param test mean and standard deviation of each figure on the test part
     * @param validation the same on the validation part
     * @param userSlices of all runs: users are added up, figures are means over users
     * @param itemSlices of all runs: pairs are added up
     */
    public record Row(
            String label,
            Choice choice,
            Noise noise,
            List<Run> runs,
            Map<String, Spread> test,
            Map<String, Spread> validation,
            List<Slices.Users> userSlices,
            List<Slices.Items> itemSlices) {

        /** Copies the collections. */
        public Row {
            runs = List.copyOf(runs);
            test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
            validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
            userSlices = List.copyOf(userSlices);
            itemSlices = List.copyOf(itemSlices);
        }
    }

    /**
     * One seed of a row.
     *
     * @param seed of split and training
     * @param bestEpoch of a model that was learnt by gradient; 0 otherwise
     * @param test figures on the test part
     * @param notes what else was found
     */
    public record Run(long seed, int bestEpoch, Map<String, Double> test, Map<String, String> notes) {}

    /**
     * A row against another, over the seeds that both have; one run that is the same for every seed has them all.
     *
     * @param first a row's label
     * @param second another's
     * @param figure such as {@code ndcg@20}
     * @param seeds how many
     * @param difference first minus second
     */
    public record Comparison(String first, String second, String figure, int seeds, Difference difference) {}
}
