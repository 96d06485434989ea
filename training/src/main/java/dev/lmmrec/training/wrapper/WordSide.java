package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Scaled;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.text.TextEncoder;
import dev.lmmrec.training.words.SparseRow;
import dev.lmmrec.training.words.WordSubspace;
import dev.lmmrec.training.words.WordTexts;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The text side by words: two towers over TF-IDF rows. Every word has a vector {@code E₀ + Δ}, where E₀ is fixed, the
 * singular directions of all rows, and Δ is learnt, one for each use of the word: in the user's own reviews, in those
 * of the user's history, in an item's reviews. A user is {@code s₁·own·(E₀ + Δ₁) + s₂·history·(E₀ + Δ₂)}, an item
 * {@code row·(E₀ + Δ₃)}; to their inner product come the item's popularity, scaled, and a bias of its own. All that is
 * learnt starts at nothing, so that training starts at the similarity of TF-IDF itself.
 */
final class WordSide implements TextSide {

    /** The first size of a user's vector: rows are short in the directions they are projected on. */
    private static final double FIRST_SCALE = 8;

    /** Scales and biases are few and should move faster than words, in multiples of the words' learning rate. */
    private static final float SCALE_PACE = 50;

    private static final float BIAS_PACE = 20;

    private static final float BIAS_NORM = 0.1f;

    private final Wrapper.Start start;
    private final WordTexts texts;
    private final float pace;
    private final float[] firstDirections;
    private final NDArray fixed;
    private final float[] logCounts;
    private final Parameter own;
    private final Parameter history;
    private final Parameter item;
    private final Parameter scales;
    private final Parameter biases;

    /**
     * Starts at TF-IDF.
     *
     * @param start what it belongs to
     * @param texts the reviews' words
     * @param rate the learning rate of words
     */
    WordSide(Wrapper.Start start, WordTexts texts, double rate) {
        this(
                start,
                texts,
                (float) (rate / start.learningRate()),
                new WordSubspace(texts).directions(start.width(), start.seed()),
                start.manager());
    }

    private WordSide(Wrapper.Start start, WordTexts texts, float pace, float[] firstDirections, NDManager manager) {
        this.start = start;
        this.texts = texts;
        this.pace = pace;
        this.firstDirections = firstDirections;
        Interactions train = start.train();
        Shape shape = new Shape(texts.vocabulary().size(), start.width());
        int size = Math.toIntExact(shape.size());
        fixed = manager.create(firstDirections, shape);
        own = Parameter.of(manager, "word.own", shape, new float[size]);
        history = Parameter.of(manager, "word.history", shape, new float[size]);
        item = Parameter.of(manager, "word.item", shape, new float[size]);
        scales = Parameter.of(manager, "word.scales", new Shape(3), new float[3]);
        biases = Parameter.of(manager, "word.biases", new Shape(train.items()), new float[train.items()]);
        int[] counts = train.itemCounts();
        logCounts = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            logCounts[i] = (float) Math.log1p(counts[i]);
        }
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(own, history, item, scales, biases);
    }

    /** What was learnt besides the fixed directions; {@code Σ Δ² + 0.1·Σ bias²} keeps it small. */
    NDArray squaredNorm(Tape tape) {
        NDArray words = tape.of(own)
                .square()
                .sum()
                .add(tape.of(history).square().sum())
                .add(tape.of(item).square().sum());
        NDArray bias = Scaled.times(tape.of(biases).square().sum(), BIAS_NORM * BIAS_PACE * BIAS_PACE);
        return Scaled.times(words.add(bias), pace * pace);
    }

    /** Users by given rows, {@code [k, d]}. */
    NDArray users(NDArray ownRows, NDArray historyRows, Function<Parameter, NDArray> value) {
        NDArray wrote = ownRows.matMul(fixed.add(Scaled.times(value.apply(own), pace)));
        NDArray met = historyRows.matMul(fixed.add(Scaled.times(value.apply(history), pace)));
        return wrote.mul(scale(0, FIRST_SCALE, value)).add(met.mul(scale(1, FIRST_SCALE, value)));
    }

    /** Items by given rows, {@code [k, d]}. */
    NDArray items(NDArray rows, Function<Parameter, NDArray> value) {
        return rows.matMul(fixed.add(Scaled.times(value.apply(item), pace)));
    }

    /** What an item has besides its text: popularity and bias, {@code [n]}. */
    NDArray offsets(Function<Parameter, NDArray> value, NDManager manager) {
        return manager.create(logCounts)
                .mul(scale(2, 1, value))
                .add(Scaled.times(value.apply(biases), BIAS_PACE * pace));
    }

    /** How much popularity counts, {@code [1]}. */
    NDArray popularityScale(Function<Parameter, NDArray> value) {
        return scale(2, 1, value);
    }

    private NDArray scale(int which, double first, Function<Parameter, NDArray> value) {
        return Scaled.times(value.apply(scales).get(which + ":" + (which + 1)), SCALE_PACE * pace)
                .add((float) first);
    }

    WordTexts texts() {
        return texts;
    }

    @Override
    public NDArray users(Forward forward, int[] users) {
        NDManager manager = forward.tape().manager();
        return TextEncoder.direction(
                users(sparse(manager, users, texts::user), sparse(manager, users, texts::history), forward.tape()::of));
    }

    @Override
    public NDArray items(Forward forward, int[] items) {
        return TextEncoder.direction(items(sparse(forward.tape().manager(), items, texts::item), forward.tape()::of));
    }

    private NDArray sparse(NDManager manager, int[] of, Function<Integer, SparseRow> row) {
        return Matrices.sparse(
                manager,
                Arrays.stream(of).boxed().map(row).toList(),
                texts.vocabulary().size());
    }

    /** Rows with some words left out, {@code [k, V]}. */
    NDArray thinned(NDManager manager, List<SparseRow> rows, double dropped, SplittableRandom random) {
        return Matrices.sparse(manager, rows, texts.vocabulary().size(), dropped, random);
    }

    @Override
    public boolean hasUser(int user) {
        return texts.user(user).size() > 0;
    }

    @Override
    public boolean hasItem(int item) {
        return texts.item(item).size() > 0;
    }

    @Override
    public Factors directions(Factors interaction) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new Factors(
                    start.width(),
                    TextEncoder.direction(allUsers()).toFloatArray(),
                    TextEncoder.direction(allItems()).toFloatArray());
        }
    }

    /** With one component more than d: 1 for a user, popularity and bias for an item. */
    @Override
    public Factors ranking(Factors interaction) {
        int width = start.width();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] offsets = offsets(Parameter::value, start.manager()).toFloatArray();
            float[] ones = new float[start.train().users()];
            Arrays.fill(ones, 1);
            return new Factors(
                    width + 1,
                    widened(allUsers().toFloatArray(), ones, width),
                    widened(allItems().toFloatArray(), offsets, width));
        }
    }

    @Override
    public int common() {
        return 1;
    }

    private static float[] widened(float[] matrix, float[] column, int width) {
        float[] wide = new float[column.length * (width + 1)];
        for (int row = 0; row < column.length; row++) {
            System.arraycopy(matrix, row * width, wide, row * (width + 1), width);
            wide[row * (width + 1) + width] = column[row];
        }
        return wide;
    }

    private NDArray allUsers() {
        int[] users = IntStream.range(0, start.train().users()).toArray();
        NDManager manager = start.manager();
        return users(sparse(manager, users, texts::user), sparse(manager, users, texts::history), Parameter::value);
    }

    private NDArray allItems() {
        int[] items = IntStream.range(0, start.train().items()).toArray();
        return items(sparse(start.manager(), items, texts::item), Parameter::value);
    }

    @Override
    public TextSide copy(NDManager manager) {
        WordSide copy = new WordSide(start, texts, pace, firstDirections, manager);
        Teacher.takeOver(parameters(), copy.parameters());
        return copy;
    }
}
