package dev.lmmrec.training.distil;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.reading.agreement.MotiveScore;
import dev.lmmrec.reading.agreement.MotiveScore.Counts;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.student.DomainWords;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.reading.student.StudentInput;
import dev.lmmrec.reading.student.StudentReader;
import dev.lmmrec.reading.student.TokenEncoder;
import dev.lmmrec.reading.text.TextResources;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.encoder.Pass;
import dev.lmmrec.training.export.StudentGraph;
import dev.lmmrec.training.gradient.Adam;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Tape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Trains the student: spans by the likelihood of the labelled tags under the chain, facet and polarity by cross entropy
 * and strength by squared error over labelled spans. Each review is learnt from twice, as it is and with a share of its
 * {@link DomainWords} hidden from the encoder, which is drawn anew from none to all of them: so the student hangs less
 * on the words of the domain that it was trained on. What was trained is exported, read again, and measured on reviews
 * that were left out of training.
 */
public final class Distillation {

    private static final int BATCH = 16;

    /** Batches whose examples are sorted by length together. */
    private static final int POOL = 20;

    private static final float FAR = -1e4f;
    private static final float SMOOTHING = 0.05f;
    private static final int FACETS = Facet.KNOWN.size();
    private static final int POLARITIES = Head.POLARITIES.size();
    private static final int TAGS = SpanMarker.TAGS.size();

    private final DistilSettings settings;
    private final BiConsumer<Integer, Integer> progress;

    /**
     * Sets the run.
     *
     * @param settings its shape
     * @param progress told how many steps of how many are done
     */
    public Distillation(DistilSettings settings, BiConsumer<Integer, Integer> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains on labelled reviews and writes the student.
     *
     * @param labelled reviews with motives, each review once
     * @param folder gets {@link Head#FILE} and {@link Head#GRAPH}
     * @return what was written
     * @throws RefusedInputException if there are too few reviews
     * @throws IOException if the folder cannot be written
     */
    public Head train(List<LabelledReview> labelled, Path folder) throws RefusedInputException, IOException {
        List<LabelledReview> shuffled = new ArrayList<>(labelled);
        Collections.shuffle(shuffled, new Random(settings.seed()));
        int held = (int) Math.round(settings.validationShare() * shuffled.size());
        if (held < 1 || shuffled.size() - held < 2) {
            throw new RefusedInputException("the student needs more labelled reviews than " + labelled.size());
        }
        List<LabelledReview> validation = shuffled.subList(0, held);
        List<LabelledReview> training = shuffled.subList(held, shuffled.size());
        Files.createDirectories(folder);
        try (StudentInput input = new StudentInput();
                NDManager manager = Engine.getInstance().newBaseManager()) {
            Engine.getInstance().setRandomSeed((int) settings.seed());
            List<Example> examples = new ArrayList<>();
            DomainWords words = new DomainWords(new TextResources().cues());
            SplittableRandom hiding = new SplittableRandom(settings.seed());
            for (LabelledReview each : training) {
                examples.addAll(Example.of(each, input.of(each.review())));
                double share = hiding.nextDouble();
                examples.addAll(Example.of(
                        each, input.hiding(each.review(), token -> words.has(token) && hiding.nextDouble() < share)));
            }
            examples.removeIf(example -> example.size() == 0);
            Tagger tagger =
                    new Tagger(manager, input.looksWidth(), settings.width(), settings.dropout(), settings.seed());
            double error = fit(tagger, examples, input.looksWidth(), manager);
            Path graph = folder.resolve(Head.GRAPH);
            new StudentGraph(tagger.weights(), Tagger.DILATIONS).write(graph, TokenEncoder.WIDTH, input.looksWidth());
            Head head = new Head(
                    TokenEncoder.ID,
                    input.looksFingerprint(),
                    rows(tagger.parameter("transitions").numbers()),
                    sides(tagger.parameter("sides").numbers()),
                    Facet.KNOWN.stream().map(Facet::name).toList(),
                    Map.of(
                            "reviews", Integer.toString(labelled.size()),
                            "validationReviews", Integer.toString(validation.size()),
                            "labelsSha256", fingerprint(labelled)),
                    settings.byName(),
                    Map.of("train.meanError", error),
                    Sha256.of(Files.readAllBytes(graph)));
            write(head, folder);
            Head measured = head.with(measure(folder, validation));
            write(measured, folder);
            return measured;
        }
    }

    private double fit(Tagger tagger, List<Example> examples, int looksWidth, NDManager manager) {
        Random random = new Random(settings.seed());
        HostMemory memory = new HostMemory();
        int steps = (examples.size() + BATCH - 1) / BATCH * settings.epochs();
        AtomicInteger done = new AtomicInteger();
        Pass<Example> pass = new Pass<>(
                manager,
                (tape, chosen) -> learn(tagger, tape, new Batch(chosen, looksWidth, memory), memory),
                () -> progress.accept(done.incrementAndGet(), steps));
        return pass.run(
                settings.epochs(),
                () -> batches(examples, random),
                List.of(new Adam(settings.learningRate(), tagger.parameters())));
    }

    private static List<List<Example>> batches(List<Example> examples, Random random) {
        List<Example> order = new ArrayList<>(examples);
        Collections.shuffle(order, random);
        List<List<Example>> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += POOL * BATCH) {
            List<Example> pool = new ArrayList<>(order.subList(from, Math.min(order.size(), from + POOL * BATCH)));
            pool.sort(Comparator.comparingInt(Example::size));
            for (int at = 0; at < pool.size(); at += BATCH) {
                batches.add(pool.subList(at, Math.min(pool.size(), at + BATCH)));
            }
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    /** Differentiates one batch; gives the mean error of the tags. */
    private double learn(Tagger tagger, Tape tape, Batch batch, HostMemory memory) {
        Tagger.Output output = tagger.read(tape, batch);
        ChainGradient chain =
                new ChainGradient(tagger.parameter("transitions").numbers().clone());
        float[] emissions = output.emissions().toFloatArray();
        float[] byEmissions = new float[emissions.length];
        for (int i = 0; i < batch.reviews(); i++) {
            chain.add(
                    emissions,
                    i * batch.length() * TAGS,
                    batch.examples().get(i).tags(),
                    byEmissions);
        }
        float share = 1f / chain.tokens();
        scale(byEmissions, share);
        float[] byTransitions = chain.ofTransitions();
        scale(byTransitions, share);
        // a product with the gradient has just this gradient: the chain itself is summed up outside of the engine
        NDArray loss = output.emissions()
                .mul(tape.constant(memory, output.emissions().getShape(), byEmissions))
                .sum()
                .add(tape.of(tagger.parameter("transitions"))
                        .mul(tape.constant(memory, new Shape(TAGS, TAGS), byTransitions))
                        .sum());
        List<Batch.Placed> spans = batch.spans();
        if (!spans.isEmpty()) {
            loss = loss.add(votesLoss(tagger, tape, batch, output, spans, memory));
        }
        tape.backward(loss);
        return chain.meanError();
    }

    private NDArray votesLoss(
            Tagger tagger, Tape tape, Batch batch, Tagger.Output output, List<Batch.Placed> spans, HostMemory memory) {
        int count = spans.size();
        int rows = batch.rows();
        float weight = (float) settings.voteWeight() / count;
        float[] away = new float[count * rows];
        Arrays.fill(away, FAR);
        float[] side = new float[count * 2];
        float[] facet = new float[count * FACETS];
        float[] polarity = new float[count * POLARITIES];
        float[] strength = new float[count];
        Arrays.fill(facet, -weight * SMOOTHING / FACETS);
        for (int i = 0; i < count; i++) {
            Example.Gold gold = spans.get(i).gold();
            int first = i * rows + spans.get(i).firstRow();
            Arrays.fill(away, first, first + gold.last() - gold.first() + 1, 0);
            side[i * 2 + gold.side()] = 1;
            facet[i * FACETS + gold.facet()] -= weight * (1 - SMOOTHING);
            polarity[i * POLARITIES + gold.polarity()] = -weight;
            strength[i] = gold.strength();
        }
        NDArray shares = output.attention()
                .reshape(1, rows)
                .add(tape.constant(memory, new Shape(count, rows), away))
                .softmax(1);
        NDArray said = shares.matMul(output.votes())
                .add(tape.constant(memory, new Shape(count, 2), side).matMul(tape.of(tagger.parameter("sides"))));
        NDArray facetLoss = said.get(new NDIndex(":, 0:" + FACETS))
                .logSoftmax(1)
                .mul(tape.constant(memory, new Shape(count, FACETS), facet))
                .sum();
        NDArray polarityLoss = said.get(new NDIndex(":, " + FACETS + ":" + (FACETS + POLARITIES)))
                .logSoftmax(1)
                .mul(tape.constant(memory, new Shape(count, POLARITIES), polarity))
                .sum();
        NDArray strengthLoss = said.get(new NDIndex(":, " + (Head.VOTES - 1) + ":" + Head.VOTES))
                .sub(tape.constant(memory, new Shape(count, 1), strength))
                .square()
                .sum()
                .mul(tape.number(weight));
        return facetLoss.add(polarityLoss).add(strengthLoss);
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static void write(Head head, Path folder) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(Head.FILE))) {
            head.write(out);
        }
    }

    private static Map<String, Double> measure(Path folder, List<LabelledReview> reviews) throws IOException {
        MotiveScore score = new MotiveScore();
        try (StudentReader reader = StudentReader.open(folder)) {
            reviews.forEach(each -> score.add(reader.read(each.review()).motivations(), each.motivations()));
        }
        Counts counts = score.total();
        return Map.of(
                "validation.motiveF1", counts.motiveF1(),
                "validation.spanF1", counts.spanF1(),
                "validation.facetAccuracy", counts.facetAccuracy());
    }

    private static double[][] rows(float[] transitions) {
        double[][] rows = new double[TAGS][TAGS];
        for (int i = 0; i < transitions.length; i++) {
            rows[i / TAGS][i % TAGS] = transitions[i];
        }
        return rows;
    }

    private static float[][] sides(float[] flat) {
        return new float[][] {
            Arrays.copyOfRange(flat, 0, Head.VOTES), Arrays.copyOfRange(flat, Head.VOTES, 2 * Head.VOTES)
        };
    }

    /** Of the labels in any order. */
    private static String fingerprint(List<LabelledReview> labelled) {
        List<String> lines = labelled.stream()
                .map(each -> each.review().contentHash() + each.motivations())
                .sorted()
                .toList();
        return Sha256.of(String.join("\n", lines));
    }
}
