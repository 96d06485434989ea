package dev.lmmrec.training.cli;

import dev.lmmrec.reading.label.LabelFile;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.reading.triplet.LabelledSentence;
import dev.lmmrec.reading.triplet.TripletFile;
import dev.lmmrec.reading.triplet.TripletHead;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.distil.DistilSettings;
import dev.lmmrec.training.distil.Distillation;
import dev.lmmrec.training.triplet.TripletSettings;
import dev.lmmrec.training.triplet.TripletTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code distil}: trains the extractor that needs no network on motives that a language model labelled. */
@Command(
        name = "distil",
        mixinStandardHelpOptions = true,
        description = "Trains the student, an extractor that needs no network, on labelled motives. extract and"
                + " extract-eval take the folder by --extractor.")
final class DistilCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** What is to be learnt. */
    @ArgGroup(multiplicity = "1")
    private Lesson lesson;

    static final class Lesson {

        @Option(
                names = "--labels",
                paramLabel = "FILE",
                required = true,
                description =
                        "Labelled motives, one review a line, plain or .gz; with their text or joined by --reviews.")
        private Path labels;

        @Option(
                names = "--triplets",
                paramLabel = "FILE",
                required = true,
                description = "Sentences with triplets, words####[([aspect], [opinion], 'POS')]: trains a reader of"
                        + " triplets.")
        private Path triplets;
    }

    @Option(names = "--reviews", paramLabel = "FILE", description = "Where the texts of the labelled reviews are.")
    private Path reviews;

    @Option(names = "--split", paramLabel = "NAME", description = "Train on this part of the labels alone.")
    private String split;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Train on N reviews only, chosen by the seed: for a learning curve.")
    private Integer limit;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder that the student is written to.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often everything is seen (default: 10; 15 for triplets, after once by the head alone).")
    private Integer epochs;

    @Override
    public Integer call() throws Exception {
        try (Console console = new Console(spec.commandLine().getOut())) {
            if (lesson.triplets != null) {
                learnTriplets(console);
            } else {
                learnMotives(console);
            }
        }
        return 0;
    }

    private void learnTriplets(Console console) throws Exception {
        if (reviews != null || split != null || limit != null) {
            throw new ParameterException(
                    spec.commandLine(), "--reviews, --split and --limit go with --labels, not with --triplets");
        }
        long started = System.nanoTime();
        List<LabelledSentence> labelled = new TripletFile(lesson.triplets).read();
        console.done("read", labelled.size() + " labelled sentences", started);
        long training = System.nanoTime();
        TripletSettings settings = TripletSettings.DEFAULT;
        TripletHead head = new TripletTraining(
                        settings.with(seed, epochs == null ? settings.epochs() : epochs),
                        (step, steps) -> console.progress("distil", step, steps))
                .train(labelled, out);
        console.done(
                "distil",
                String.format(
                        Locale.ROOT, "loss %.3f a word, %s", head.metrics().get("train.loss"), out),
                training);
    }

    private void learnMotives(Console console) throws Exception {
        long started = System.nanoTime();
        List<LabelledReview> labelled = new ArrayList<>(new LabelFile(lesson.labels)
                .read(Optional.ofNullable(reviews)).stream()
                        .filter(each -> split == null || each.split().equals(split))
                        .toList());
        if (labelled.isEmpty()) {
            throw new RefusedInputException(
                    lesson.labels + " has no labelled review" + (split == null ? "" : " of the split '" + split + "'"));
        }
        if (limit != null && limit < labelled.size()) {
            Collections.shuffle(labelled, new Random(seed));
            labelled = labelled.subList(0, limit);
        }
        console.done("read", labelled.size() + " labelled reviews", started);
        long training = System.nanoTime();
        DistilSettings settings = DistilSettings.DEFAULT;
        Head head = new Distillation(
                        settings.with(seed, epochs == null ? settings.epochs() : epochs),
                        (step, steps) -> console.progress("distil", step, steps))
                .train(labelled, out);
        console.done(
                "distil",
                String.format(
                        Locale.ROOT,
                        "validation motive F1 %.3f, span F1 %.3f, facet accuracy %.3f, %s",
                        head.metrics().get("validation.motiveF1"),
                        head.metrics().get("validation.spanF1"),
                        head.metrics().get("validation.facetAccuracy"),
                        out),
                training);
    }
}
