package dev.lmmrec.training.triplet;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.reading.triplet.LabelledSentence;
import dev.lmmrec.reading.triplet.PieceEncoder;
import dev.lmmrec.reading.triplet.TripletHead;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.encoder.Layers;
import dev.lmmrec.training.encoder.Pass;
import dev.lmmrec.training.encoder.PieceBatch;
import dev.lmmrec.training.export.TripletGraph;
import dev.lmmrec.training.gradient.Adam;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Tape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Trains a reader of triplets: tags of words and kinds of pairs, both by cross entropy, on the upper layers of the
 * sentence encoder.
 */
public final class TripletTraining {

    private static final int BATCH = 16;
    private static final int TAGS = TripletHead.TAGS.size();
    private static final int KINDS = TripletHead.PAIRS;

    private final TripletSettings settings;
    private final BiConsumer<Integer, Integer> progress;

    /**
     * Sets the run.
     *
     * @param settings its shape
     * @param progress told how many steps of how many are done
     */
    public TripletTraining(TripletSettings settings, BiConsumer<Integer, Integer> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains on labelled sentences and writes the reader.
     *
     * @param labelled sentences with their triplets
     * @param folder gets {@link TripletHead#FILE} and {@link TripletHead#GRAPH}
     * @return what was written
     * @throws RefusedInputException if there are too few sentences
     * @throws IOException if the folder cannot be written
     */
    public TripletHead train(List<LabelledSentence> labelled, Path folder) throws RefusedInputException, IOException {
        if (labelled.size() < 2) {
            throw new RefusedInputException("a reader of triplets needs more sentences than " + labelled.size());
        }
        Files.createDirectories(folder);
        try (PieceEncoder encoder = new PieceEncoder();
                NDManager manager = Engine.getInstance().newBaseManager()) {
            Engine.getInstance().setRandomSeed((int) settings.seed());
            List<Sentence> sentences = new ArrayList<>();
            for (LabelledSentence each : labelled) {
                if (!each.words().isEmpty()) {
                    sentences.add(new Sentence(each, encoder.encode(each.words())));
                }
            }
            Layers layers = new Layers(manager, settings.layersDropout());
            TripletTagger tagger = new TripletTagger(manager, layers, settings);
            double loss = fit(tagger, layers, sentences, manager);
            Path graph = folder.resolve(TripletHead.GRAPH);
            new TripletGraph(tagger.weights(), Layers.HEADS).write(graph, TripletHead.DISTANCES, KINDS);
            TripletHead head = new TripletHead(
                    PieceEncoder.ID,
                    Map.of(
                            "sentences", Integer.toString(labelled.size()),
                            "labelsSha256", Sha256.of(labelled.toString())),
                    settings.byName(),
                    Map.of("train.loss", loss),
                    Sha256.of(Files.readAllBytes(graph)));
            try (OutputStream out = Files.newOutputStream(folder.resolve(TripletHead.FILE))) {
                head.write(out);
            }
            return head;
        }
    }

    private double fit(TripletTagger tagger, Layers layers, List<Sentence> sentences, NDManager manager) {
        Random random = new Random(settings.seed());
        HostMemory memory = new HostMemory();
        int perEpoch = (sentences.size() + BATCH - 1) / BATCH;
        int steps = perEpoch * (settings.headEpochs() + settings.epochs());
        AtomicInteger done = new AtomicInteger();
        Pass<Sentence> pass = new Pass<>(
                manager,
                (tape, batch) -> learn(tagger, tape, batch, memory),
                () -> progress.accept(done.incrementAndGet(), steps));
        Supplier<List<List<Sentence>>> batches = () -> batches(sentences, random);
        double alone =
                pass.run(settings.headEpochs(), batches, List.of(new Adam(settings.rate(), tagger.parameters())));
        layers.unfreeze();
        double together = pass.run(
                settings.epochs(),
                batches,
                List.of(
                        new Adam(settings.rate(), tagger.parameters()),
                        new Adam(settings.layersRate(), layers.parameters())));
        return settings.epochs() == 0 ? alone : together;
    }

    private static List<List<Sentence>> batches(List<Sentence> sentences, Random random) {
        List<Sentence> order = new ArrayList<>(sentences);
        Collections.shuffle(order, random);
        List<List<Sentence>> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += BATCH) {
            batches.add(order.subList(from, Math.min(order.size(), from + BATCH)));
        }
        return batches;
    }

    /** Differentiates one batch; gives the loss a word. */
    private static double learn(TripletTagger tagger, Tape tape, List<Sentence> sentences, HostMemory memory) {
        PieceBatch batch =
                new PieceBatch(sentences.stream().map(Sentence::pieces).toList());
        TripletTagger.Output output = tagger.read(tape, batch);
        int words = batch.words();
        float[] tags = new float[sentences.size() * words * TAGS];
        float[] pairs = new float[sentences.size() * words * KINDS * words];
        float each = -1f / sentences.stream().mapToInt(Sentence::size).sum();
        for (int i = 0; i < sentences.size(); i++) {
            Sentence sentence = sentences.get(i);
            for (int word = 0; word < sentence.size(); word++) {
                int row = i * words + word;
                tags[row * TAGS + sentence.tag(word)] = each;
                for (int other = 0; other < sentence.size(); other++) {
                    pairs[(row * KINDS + sentence.pair(word, other)) * words + other] = each;
                }
            }
        }
        NDArray loss = output.tags()
                .logSoftmax(1)
                .mul(tape.constant(memory, output.tags().getShape(), tags))
                .sum()
                .add(output.pairs()
                        .logSoftmax(2)
                        .mul(tape.constant(memory, new Shape(sentences.size(), words, KINDS, words), pairs))
                        .sum());
        tape.backward(loss);
        return loss.getFloat();
    }
}
