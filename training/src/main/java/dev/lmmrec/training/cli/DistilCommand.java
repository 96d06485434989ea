package dev.lmmrec.training.cli;

import dev.lmmrec.reading.label.LabelFile;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.distil.DistilSettings;
import dev.lmmrec.training.distil.Distillation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            required = true,
            description = "Labelled motives, one review a line, plain or .gz; with their text or joined by --reviews.")
    private Path labels;

    @Option(names = "--reviews", paramLabel = "FILE", description = "Where the texts of the labelled reviews are.")
    private Path reviews;

    @Option(names = "--split", paramLabel = "NAME", description = "Train on this part of the labels alone.")
    private String split;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Train on N reviews only, chosen by the seed: for a learning curve.")
    private Integer limit;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Gets the student.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often all reviews are seen (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Override
    public Integer call() throws Exception {
        try (Console console = new Console(spec.commandLine().getOut())) {
            long started = System.nanoTime();
            List<LabelledReview> labelled = new ArrayList<>(new LabelFile(labels)
                    .read(Optional.ofNullable(reviews)).stream()
                            .filter(each -> split == null || each.split().equals(split))
                            .toList());
            if (labelled.isEmpty()) {
                throw new RefusedInputException(
                        labels + " has no labelled review" + (split == null ? "" : " of the split '" + split + "'"));
            }
            if (limit != null && limit < labelled.size()) {
                Collections.shuffle(labelled, new Random(seed));
                labelled = labelled.subList(0, limit);
            }
            console.done("read", labelled.size() + " labelled reviews", started);
            long training = System.nanoTime();
            Head head = new Distillation(
                            DistilSettings.DEFAULT.with(seed, epochs),
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
        return 0;
    }
}
