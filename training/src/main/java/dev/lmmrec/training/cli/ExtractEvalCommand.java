package dev.lmmrec.training.cli;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.agreement.Interval;
import dev.lmmrec.reading.agreement.MotiveScore;
import dev.lmmrec.reading.agreement.MotiveScore.Counts;
import dev.lmmrec.reading.label.LabelFile;
import dev.lmmrec.reading.label.LabelledMotives;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.text.Sentence;
import dev.lmmrec.reading.triplet.TripletFile;
import dev.lmmrec.training.data.RefusedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-eval}: how well an extractor agrees with labelled motives. */
@Command(
        name = "extract-eval",
        mixinStandardHelpOptions = true,
        description = "Measures how well an extractor agrees with labelled motives. Motive F1: micro F1 of one-to-one"
                + " matches within a review, same side and polarity, token F1 of the evidence at least 0.5; span F1: by"
                + " evidence alone; with facet: same side, polarity and facet; facet accuracy: on the motive matches."
                + " The intervals are 95 %% bootstrap intervals over reviews. Or with triplets of sentences: F1 of exact"
                + " triplets, and of nearly exact ones (aspect and opinion each with a token F1 of at least 0.5).")
final class ExtractEvalCommand implements Callable<Integer> {

    private static final double NANOS_PER_MILLI = 1e6;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Labelled motives, one review a line, plain or .gz; with their text or joined by --reviews."
                    + " Or sentences with triplets: words####[([aspect], [opinion], 'POS')].")
    private List<Path> files;

    @Option(
            names = "--reviews",
            paramLabel = "FILE",
            description = "Where the texts of the labelled reviews are, joined by user and item.")
    private Path reviews;

    @Option(names = "--split", paramLabel = "NAME", description = "Measure on this part of the labels alone.")
    private String split;

    @Option(
            names = "--extractor",
            paramLabel = "NAME|PATH",
            defaultValue = "embedded",
            description = ReaderChoice.OPTION_HELP + " For triplets: a folder that distil --triplets"
                    + " wrote, or a file of sentences with triplets to learn by heart.")
    private String extractor;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the bootstrap (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    private static final Map<String, ToDoubleFunction<Counts>> FIGURES = figures();

    private static Map<String, ToDoubleFunction<Counts>> figures() {
        Map<String, ToDoubleFunction<Counts>> figures = new LinkedHashMap<>();
        figures.put("motive F1", Counts::motiveF1);
        figures.put("precision", Counts::precision);
        figures.put("recall", Counts::recall);
        figures.put("span F1", Counts::spanF1);
        figures.put("with facet", Counts::motiveFacetF1);
        figures.put("facet accuracy", Counts::facetAccuracy);
        return figures;
    }

    /** What {@code --json} writes of one file. */
    record Measured(
            String file,
            String split,
            String extractor,
            int reviews,
            int found,
            int labelled,
            double millisPerReview,
            double millisPerSentence,
            Map<String, Figure> figures) {}

    /** A figure with its interval. */
    record Figure(double value, double low, double high) {}

    @Override
    public Integer call() throws Exception {
        if (TripletFile.looksLikeOne(files.get(0))) {
            try (Console console = new Console(spec.commandLine().getOut())) {
                List<TripletFigures> figures = TripletFigures.measure(files, extractor, seed, console);
                if (json != null) {
                    Report.write(json, figures);
                }
            }
            return 0;
        }
        List<Measured> all = new ArrayList<>();
        try (Console console = new Console(spec.commandLine().getOut());
                ReviewReader reader = ReaderChoice.open(extractor)) {
            for (Path file : files) {
                Measured measured = measure(file, reader, console);
                all.add(measured);
                print(measured, console);
            }
        }
        if (json != null) {
            Report.write(json, all);
        }
        return 0;
    }

    private Measured measure(Path file, ReviewReader reader, Console console) throws Exception {
        List<LabelledReview> labelled = new LabelFile(file)
                .read(Optional.ofNullable(reviews)).stream()
                        .filter(each -> split == null || each.split().equals(split))
                        .filter(each -> !(reader instanceof LabelledMotives known) || known.knows(each.review()))
                        .toList();
        if (labelled.isEmpty()) {
            throw new RefusedInputException(file + " has no labelled review"
                    + (split == null ? "" : " of the split '" + split + "'") + " to measure on");
        }
        MotiveScore score = new MotiveScore();
        long nanos = 0;
        int sentences = 0;
        for (LabelledReview each : labelled) {
            long started = System.nanoTime();
            List<Motivation> found = reader.read(each.review()).motivations();
            nanos += System.nanoTime() - started;
            sentences += Sentence.of(each.review()).size();
            score.add(found, each.motivations());
            console.progress("extract-eval", score.reviews(), labelled.size());
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        FIGURES.forEach((name, figure) -> {
            Interval interval = score.interval(figure, seed);
            figures.put(name, new Figure(figure.applyAsDouble(score.total()), interval.low(), interval.high()));
        });
        return new Measured(
                file.getFileName().toString(),
                split == null ? "" : split,
                reader.id(),
                score.reviews(),
                score.total().found(),
                score.total().labelled(),
                nanos / NANOS_PER_MILLI / score.reviews(),
                nanos / NANOS_PER_MILLI / Math.max(1, sentences),
                figures);
    }

    private static void print(Measured measured, Console console) {
        console.close();
        console.line(String.format(
                Locale.ROOT,
                "%s%s: %d reviews, %d motives labelled, %d found by %s, %.2f ms a review, %.2f a sentence",
                measured.file(),
                measured.split().isEmpty() ? "" : " " + measured.split(),
                measured.reviews(),
                measured.labelled(),
                measured.found(),
                measured.extractor(),
                measured.millisPerReview(),
                measured.millisPerSentence()));
        measured.figures()
                .forEach((name, figure) -> console.line(String.format(
                        Locale.ROOT, "  %-15s %.3f  [%.3f, %.3f]", name, figure.value(), figure.low(), figure.high())));
    }
}
