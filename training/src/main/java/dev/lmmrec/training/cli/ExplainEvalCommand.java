package dev.lmmrec.training.cli;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.Metrics;
import dev.lmmrec.training.evaluation.PairedBootstrap;
import dev.lmmrec.training.evaluation.PairedBootstrap.Difference;
import dev.lmmrec.training.evaluation.PairedBootstrap.Sample;
import dev.lmmrec.training.explanation.Agreement;
import dev.lmmrec.training.explanation.Faithfulness;
import dev.lmmrec.training.explanation.Faithfulness.Count;
import dev.lmmrec.training.explanation.StatementAgreement;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.run.ArtefactRun;
import dev.lmmrec.training.run.Comparison;
import dev.lmmrec.training.run.Comparison.Outcome;
import dev.lmmrec.training.run.ServedState;
import dev.lmmrec.training.text.AlignedMotives;
import dev.lmmrec.training.text.ReviewTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code explain-eval}: whether reasons bear on the ranking, and whether they are what users then write. */
@Command(
        name = "explain-eval",
        mixinStandardHelpOptions = true,
        description = "Measures reasons on held-out reviews: whether an item's score is lower without the motive that a"
                + " reason names, and how well the statements shown agree with the motives of the user's own review.")
final class ExplainEvalCommand implements Callable<Integer> {

    private static final int SPLITS_MAX = 100;
    private static final int RESAMPLES = 10_000;

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RowsOptions rows;

    @Mixin
    private SettingsOptions settingsOptions;

    @Option(
            names = "--splits",
            paramLabel = "N",
            defaultValue = "5",
            description = "Repeat with N seeds, counted up from --seed (default: ${DEFAULT-VALUE}).")
    private int splits;

    @Option(names = "--statements-only", description = "Measure agreement alone, which needs no model to be trained.")
    private boolean statementsOnly;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    ExplainEvalCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Settings first = settingsOptions.settings();
        if (splits < 1 || splits > SPLITS_MAX) {
            throw new ParameterException(spec.commandLine(), "splits is " + splits + ", must be 1 to " + SPLITS_MAX);
        }
        Map<Agreement, Map<String, List<Sample>>> ndcg = new EnumMap<>(Agreement.class);
        Count known = Count.NONE;
        Count byWords = Count.NONE;
        Map<String, List<Metrics>> ranking = new LinkedHashMap<>();
        try (Console console = new Console(spec.commandLine().getOut())) {
            Dataset dataset = rows.read(clients, console);
            for (int i = 0; i < splits; i++) {
                Settings settings = first.withSeed(first.seed() + i);
                Split split = Split.random(dataset, settings.seed());
                long started = System.nanoTime();
                StatementAgreement agreement = StatementAgreement.of(dataset, split);
                for (Agreement which : Agreement.values()) {
                    agreement.ndcg(which).forEach((order, sample) -> ndcg.computeIfAbsent(
                                    which, a -> new LinkedHashMap<>())
                            .computeIfAbsent(order, o -> new ArrayList<>())
                            .add(sample));
                }
                console.done(
                        "agreement",
                        "seed " + settings.seed() + ", " + agreement.asked()
                                + " held-out reviews with statements to show",
                        started);
                if (!statementsOnly) {
                    long ranked = System.nanoTime();
                    Faithfulness faithfulness = faithfulness(dataset, split, settings, agreement, console, ranking);
                    int[] users = IntStream.range(0, dataset.users().size())
                            .filter(user -> split.test().countOf(user) > 0)
                            .toArray();
                    Count own = faithfulness.of(users, true);
                    known = known.plus(own);
                    byWords = byWords.plus(faithfulness.of(users, false));
                    console.done(
                            "reasons",
                            "seed " + settings.seed() + ", " + users.length + " users, " + own.lowerScore() + " of "
                                    + own.reasons() + " bear on the score; " + faithfulness.weights(),
                            ranked);
                }
            }
            ndcg.values().removeIf(orders -> users(orders) == 0);
            if (!statementsOnly) {
                print(console, known, byWords);
                EvaluateCommand.spreads(console, ranking);
            } else if (ndcg.isEmpty()) {
                throw new RefusedInputException("no held-out review has motivations that agree with one of two or more"
                        + " statements of its item, so there is no agreement to measure; ./lmmrec extract finds"
                        + " motivations");
            }
            for (Agreement which : Agreement.values()) {
                if (ndcg.containsKey(which)) {
                    print(console, which, ndcg.get(which));
                } else {
                    console.line("");
                    console.line("No held-out review agrees with a statement of its item by " + meaning(which) + ".");
                }
            }
        }
        if (json != null) {
            Report.write(json, report(ndcg, known, byWords));
        }
        return 0;
    }

    private static Faithfulness faithfulness(
            Dataset dataset,
            Split split,
            Settings settings,
            StatementAgreement agreement,
            Console console,
            Map<String, List<Metrics>> ranking)
            throws RefusedInputException {
        ReviewTexts text = ArtefactRun.heldOutText(dataset, split)
                .filter(ReviewTexts::anyWants)
                .orElseThrow(() -> new RefusedInputException(
                        "no row has motivations with vectors, so there are no reasons; ./lmmrec embed makes them"));
        Map<ProfileKey, Profile> profiles = TextSides.profilesWithout(dataset, split);
        Outcome outcome = new Comparison(settings, console).of(split, Optional.of(text), false);
        outcome.rows().forEach(row -> ranking.computeIfAbsent(row.model(), model -> new ArrayList<>())
                .add(row.test()));
        var encoder = outcome.served()
                .encoder()
                .orElseThrow(() -> new RefusedInputException(
                        "wrapper '" + settings.wrapper().name() + "' has no text side, so there are no reasons"));
        return new Faithfulness(
                ServedState.of(
                        dataset,
                        split.train(),
                        Optional.of(text),
                        profiles,
                        outcome.served(),
                        outcome,
                        settings,
                        agreement.weights()),
                AlignedMotives.of(text, encoder),
                profiles,
                split.train());
    }

    private static void print(Console console, Count known, Count byWords) {
        console.line("");
        console.line("| ten best unseen items of each user | items with a reason that names a motive | reasons |"
                + " score lower without it | rank lower without it |");
        console.line("|---|---|---|---|---|");
        print(console, "known users", known);
        print(console, "the same users by words alone", byWords);
    }

    private static void print(Console console, String whose, Count count) {
        console.line(String.format(
                Locale.ROOT,
                "| %s | %.3f | %d | %.4f | %.4f |",
                whose,
                share(count.withReason(), count.items()),
                count.reasons(),
                share(count.lowerScore(), count.reasons()),
                share(count.lowerRank(), count.reasons())));
    }

    private static double share(int some, int all) {
        return all == 0 ? 0 : (double) some / all;
    }

    private static void print(Console console, Agreement which, Map<String, List<Sample>> orders) {
        console.line("");
        console.line(String.format(
                Locale.ROOT,
                "| NDCG@5, %s, %d users and splits | mean | served against it |",
                meaning(which),
                users(orders)));
        console.line("|---|---|---|");
        List<Sample> served = orders.values().iterator().next();
        orders.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -mean(entry.getValue())))
                .forEach(entry -> console.line(String.format(
                        Locale.ROOT,
                        "| %s | %.4f | %s |",
                        entry.getKey(),
                        mean(entry.getValue()),
                        entry.getValue() == served ? "" : against(served, entry.getValue()))));
    }

    private static String meaning(Agreement which) {
        return which == Agreement.REASON ? "same side, facet and meaning" : "same meaning";
    }

    /** How many users and splits there are; each order was asked the same. */
    private static int users(Map<String, List<Sample>> orders) {
        return orders.values().iterator().next().stream()
                .mapToInt(sample -> sample.users().length)
                .sum();
    }

    private static String against(List<Sample> served, List<Sample> other) {
        Difference difference = new PairedBootstrap(RESAMPLES, 1).of(served, other);
        return String.format(
                Locale.ROOT,
                "%+.4f (%+.1f %%; 95 %% interval %+.4f to %+.4f; p %.4f)",
                difference.difference(),
                100 * difference.difference() / mean(other),
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

    private static Map<String, Object> report(
            Map<Agreement, Map<String, List<Sample>>> ndcg, Count known, Count byWords) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("known", known);
        content.put("byWords", byWords);
        ndcg.forEach((which, orders) -> {
            Map<String, Double> means = new LinkedHashMap<>();
            orders.forEach((order, samples) -> means.put(order, mean(samples)));
            content.put("ndcg@5 " + which.name().toLowerCase(Locale.ROOT), means);
        });
        return content;
    }
}
