package dev.lmmrec.training.experiment;

import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Figure;
import dev.lmmrec.training.evaluation.Metrics.Spread;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.experiment.Results.Comparison;
import dev.lmmrec.training.experiment.Results.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of a study in Markdown. */
final class ResultTables {

    private static final int CUTOFF = 20;

    private final Study study;
    private final Results results;
    private final String command;
    private final StringBuilder text = new StringBuilder();

    ResultTables(Study study, Results results, String command) {
        this.study = study;
        this.results = results;
        this.command = command;
    }

    /** The label of a row with noise. */
    static String noisy(String model, Noise.Kind kind, double share) {
        return String.format(
                Locale.ROOT,
                "%s, %.0f %% of %s",
                model,
                100 * share,
                kind.name().toLowerCase(Locale.ROOT));
    }

    /** The label of a row with another value of a setting; the choice has that value. */
    static String varied(Choice choice, Choice.Group group, String setting) {
        return choice.model() + ", " + choice.nameOf(group, setting) + " "
                + number(choice.settings(group).get(setting));
    }

    /** Whole numbers without a point. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    String text() {
        line("# " + study + ": " + study.meaning());
        line("");
        line("`" + command + "`");
        line("");
        line("- Data: " + results.summary() + ". Fingerprint `" + results.data().substring(0, 16) + "`.");
        line("- Seeds " + results.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "; " + results.trials() + (results.trials() == 1 ? " trial" : " trials")
                + " of settings a model, chosen by Recall@20 on the validation part of the first seed.");
        line("- Figures are of the test part, mean ± standard deviation over seeds where there are several.");
        results.notes().forEach(note -> line("- " + note + "."));
        line("");
        figures();
        beyond();
        comparisons();
        if (study == Study.COLD_START || study == Study.LMMREC) {
            slices();
        }
        choices();
        return text.toString();
    }

    private void figures() {
        List<String> names = new ArrayList<>();
        for (Figure figure : List.of(Figure.RECALL, Figure.NDCG)) {
            Evaluation.CUTOFFS.forEach(k -> names.add(figure.at(k)));
        }
        table(
                "model",
                names,
                results.rows(),
                Row::label,
                (row, name) -> spread(row.test().get(name), row));
    }

    private void beyond() {
        List<String> names = List.of(
                Figure.MRR.at(CUTOFF),
                Figure.HIT_RATE.at(CUTOFF),
                Figure.COVERAGE.at(CUTOFF),
                Figure.NOVELTY.at(CUTOFF),
                Figure.GINI.at(CUTOFF));
        table(
                "model",
                names,
                results.rows(),
                Row::label,
                (row, name) -> spread(row.test().get(name), row));
    }

    private void comparisons() {
        if (results.comparisons().isEmpty()) {
            return;
        }
        line("Differences with 95 % intervals and two-sided p, paired bootstrap over users"
                + (results.seeds().size() > 1 ? " and seeds" : "") + ", " + results.resamples() + " draws:");
        line("");
        line("| model | against | figure | seeds | difference | 95 % interval | p |");
        line("|---|---|---|---:|---:|---:|---:|");
        for (Comparison comparison : results.comparisons()) {
            line(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %d | %+.4f | %+.4f to %+.4f | %s |",
                    comparison.first(),
                    comparison.second(),
                    comparison.figure(),
                    comparison.seeds(),
                    comparison.difference().difference(),
                    comparison.difference().lower(),
                    comparison.difference().upper(),
                    p(comparison.difference().p())));
        }
        line("");
    }

    private static String p(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    private void slices() {
        line("Recall@20 / NDCG@20 of users by their training interactions (users per seed):");
        line("");
        slices(
                row -> row.userSlices().stream()
                        .collect(Collectors.toMap(
                                slice -> slice.trainInteractions(),
                                slice -> String.format(Locale.ROOT, "%.4f / %.4f", slice.recall(), slice.ndcg()))),
                row -> row.userSlices().stream()
                        .collect(Collectors.toMap(Slices.Users::trainInteractions, Slices.Users::users)));
        line("Recall@20 of held-out pairs by the training interactions of their item (pairs per seed):");
        line("");
        slices(
                row -> row.itemSlices().stream()
                        .collect(Collectors.toMap(
                                Slices.Items::trainInteractions,
                                slice -> String.format(Locale.ROOT, "%.4f", slice.recall()))),
                row -> row.itemSlices().stream()
                        .collect(Collectors.toMap(Slices.Items::trainInteractions, Slices.Items::pairs)));
    }

    /** All models were measured on the same splits, so a range's count is the same for each, whatever its runs. */
    private void slices(Function<Row, Map<String, String>> cells, Function<Row, Map<String, Integer>> counts) {
        Map<String, String> columns = new TreeMap<>(StudyRun.BY_COUNT);
        for (Row row : results.rows()) {
            counts.apply(row)
                    .forEach((range, count) -> columns.putIfAbsent(
                            range,
                            range + " ("
                                    + Math.round((double) count / row.runs().size()) + ")"));
        }
        Map<String, String> ranges = new LinkedHashMap<>();
        columns.forEach((range, column) -> ranges.put(column, range));
        table("model", List.copyOf(ranges.keySet()), results.rows(), Row::label, (row, column) -> cells.apply(row)
                .getOrDefault(ranges.get(column), ""));
    }

    private void choices() {
        line("Settings:");
        line("");
        results.choices()
                .forEach(chosen -> line("- " + chosen.model() + ": " + settings(chosen.choice())
                        + (chosen.trials().isEmpty()
                                ? " (nothing searched)"
                                : " (" + chosen.trials().size() + " tried)")));
    }

    private static String settings(Choice choice) {
        List<String> said = new ArrayList<>();
        choice.parts().forEach(part -> said.add(part.model() + " (" + settings(part) + ")"));
        for (Map<String, Double> settings :
                List.of(choice.backboneSettings(), choice.wrapperSettings(), choice.fit())) {
            settings.forEach((name, value) -> said.add(name + " " + number(value)));
        }
        return said.isEmpty() ? "nothing to set" : String.join(", ", said);
    }

    private interface CellText {

        String of(Row row, String column);
    }

    private void table(
            String corner, List<String> columns, List<Row> rows, Function<Row, String> label, CellText cell) {
        line("| " + corner + " | " + String.join(" | ", columns) + " |");
        line("|---|" + "---:|".repeat(columns.size()));
        for (Row row : rows) {
            line("| " + label.apply(row) + " | "
                    + columns.stream().map(column -> cell.of(row, column)).collect(Collectors.joining(" | ")) + " |");
        }
        line("");
    }

    private static String spread(Spread spread, Row row) {
        return row.runs().size() == 1
                ? String.format(Locale.ROOT, "%.4f", spread.mean())
                : String.format(Locale.ROOT, "%.4f ± %.4f", spread.mean(), spread.sd());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
