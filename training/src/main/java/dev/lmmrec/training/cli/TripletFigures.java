package dev.lmmrec.training.cli;

import dev.lmmrec.reading.agreement.Interval;
import dev.lmmrec.reading.triplet.LabelledSentence;
import dev.lmmrec.reading.triplet.Triplet;
import dev.lmmrec.reading.triplet.TripletFile;
import dev.lmmrec.reading.triplet.TripletReader;
import dev.lmmrec.reading.triplet.TripletScore;
import dev.lmmrec.reading.triplet.TripletScore.Counts;
import dev.lmmrec.training.data.RefusedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What {@code extract-eval} says of a file of triplets.
 *
 * @param file its name
 * @param extractor what read it
 * @param sentences in it
 * @param found triplets
 * @param labelled triplets
 * @param millisPerSentence of reading
 * @param figures by name, with intervals
 */
record TripletFigures(
        String file,
        String extractor,
        int sentences,
        int found,
        int labelled,
        double millisPerSentence,
        Map<String, ExtractEvalCommand.Figure> figures) {

    private static final double NANOS_PER_MILLI = 1e6;

    private static final Map<String, ToDoubleFunction<Counts>> FIGURES = figuresByName();

    private static Map<String, ToDoubleFunction<Counts>> figuresByName() {
        Map<String, ToDoubleFunction<Counts>> figures = new LinkedHashMap<>();
        figures.put("triplet F1", Counts::exactF1);
        figures.put("precision", Counts::precision);
        figures.put("recall", Counts::recall);
        figures.put("relaxed F1", Counts::relaxedF1);
        return figures;
    }

    /** Measures and prints; each file by the same reader. */
    static List<TripletFigures> measure(List<Path> files, String extractor, long seed, Console console)
            throws Exception {
        List<TripletFigures> all = new ArrayList<>();
        try (TripletReader reader = ReaderChoice.openForTriplets(extractor)) {
            for (Path file : files) {
                TripletFigures figures = measure(file, reader, seed, console);
                all.add(figures);
                figures.print(console);
            }
        }
        return all;
    }

    private static TripletFigures measure(Path file, TripletReader reader, long seed, Console console)
            throws Exception {
        List<LabelledSentence> sentences = new TripletFile(file).read();
        if (sentences.isEmpty()) {
            throw new RefusedInputException(file + " has no sentence to measure on");
        }
        TripletScore score = new TripletScore();
        long nanos = 0;
        for (LabelledSentence each : sentences) {
            long started = System.nanoTime();
            List<Triplet> found = reader.read(each.words());
            nanos += System.nanoTime() - started;
            score.add(found, each.triplets());
            console.progress("extract-eval", score.sentences(), sentences.size());
        }
        Map<String, ExtractEvalCommand.Figure> figures = new LinkedHashMap<>();
        FIGURES.forEach((name, figure) -> {
            Interval interval = score.interval(figure, seed);
            figures.put(
                    name,
                    new ExtractEvalCommand.Figure(
                            figure.applyAsDouble(score.total()), interval.low(), interval.high()));
        });
        return new TripletFigures(
                file.getFileName().toString(),
                reader.id(),
                score.sentences(),
                score.total().found(),
                score.total().labelled(),
                nanos / NANOS_PER_MILLI / score.sentences(),
                figures);
    }

    private void print(Console console) {
        console.close();
        console.line(String.format(
                Locale.ROOT,
                "%s: %d sentences, %d triplets labelled, %d found by %s, %.2f ms a sentence",
                file,
                sentences,
                labelled,
                found,
                extractor,
                millisPerSentence));
        figures.forEach((name, figure) -> console.line(String.format(
                Locale.ROOT, "  %-15s %.3f  [%.3f, %.3f]", name, figure.value(), figure.low(), figure.high())));
    }
}
