package dev.lmmrec.training.cli;

import dev.lmmrec.training.coldstart.ColdStart.Figures;
import dev.lmmrec.training.coldstart.ColdStart.Question;
import dev.lmmrec.training.evaluation.PairedBootstrap;
import dev.lmmrec.training.evaluation.PairedBootstrap.Difference;
import dev.lmmrec.training.evaluation.PairedBootstrap.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures of several splits, each order beside ranking by popularity. */
final class ColdStartFigures {

    private static final int RESAMPLES = 10_000;

    /** The order that comes last is the one the others are compared with. */
    private final Map<Question, Map<String, List<Figures>>> splits = new TreeMap<>();

    void add(Map<Question, Map<String, Figures>> split) {
        split.forEach((question, orders) ->
                orders.forEach((order, figures) -> splits.computeIfAbsent(question, q -> new LinkedHashMap<>())
                        .computeIfAbsent(order, o -> new ArrayList<>())
                        .add(figures)));
    }

    void print(Console console) {
        splits.forEach((question, orders) -> {
            String base = List.copyOf(orders.keySet()).get(orders.size() - 1);
            console.line("");
            console.line("| " + question + ", "
                    + orders.get(base).stream()
                            .mapToInt(split -> split.ndcg().users().length)
                            .sum()
                    + " users and splits | Recall@20 | against " + base + " | NDCG@20 | against " + base + " |");
            console.line("|---|---|---|---|---|");
            orders.forEach((order, figures) -> console.line("| " + order
                    + cells(figures, orders.get(base), Figures::recall)
                    + cells(figures, orders.get(base), Figures::ndcg) + " |"));
        });
    }

    private static String cells(List<Figures> own, List<Figures> base, Function<Figures, Sample> figure) {
        List<Sample> first = own.stream().map(figure).toList();
        String mean = String.format(Locale.ROOT, " | %.4f | ", mean(first));
        if (own == base) {
            return mean;
        }
        Difference difference = new PairedBootstrap(RESAMPLES, 1)
                .of(first, base.stream().map(figure).toList());
        return mean
                + String.format(
                        Locale.ROOT,
                        "%+.4f (%+.4f to %+.4f; p %.4f)",
                        difference.difference(),
                        difference.lower(),
                        difference.upper(),
                        difference.p());
    }

    private static double mean(List<Sample> samples) {
        return samples.stream()
                .flatMapToDouble(sample -> Arrays.stream(sample.values()))
                .average()
                .orElse(0);
    }

    /** Means by question, order and figure. */
    Map<String, Map<String, Map<String, Double>>> byName() {
        Map<String, Map<String, Map<String, Double>>> byName = new LinkedHashMap<>();
        splits.forEach((question, orders) -> {
            Map<String, Map<String, Double>> means = new LinkedHashMap<>();
            orders.forEach((order, figures) -> means.put(
                    order,
                    new TreeMap<>(Map.of(
                            "recall@20",
                                    mean(figures.stream().map(Figures::recall).toList()),
                            "ndcg@20", mean(figures.stream().map(Figures::ndcg).toList())))));
            byName.put(question.toString(), means);
        });
        return byName;
    }
}
