package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.LeftOutTexts;
import dev.lmmrec.training.text.MotiveEncoder;
import dev.lmmrec.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** LMMRec in training: what its terms share of a step, and its teachers. */
final class LmmrecState implements Wrapper.State {

    private final Lmmrec settings;
    private final Wrapper.Start start;
    private final TextEncoder encoder;
    private final Optional<MotiveEncoder> motives;
    private final Optional<Prototypes> prototypes;
    private final Optional<MatchHead> head;
    private final Optional<LeftOutTexts> leftOut;
    private final Optional<Teachers> teachers;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<LossTerm> terms = new ArrayList<>();

    private long step;
    private Tape seen;
    private Sides sides;

    /** One side's rows of a step that are compared with each other. */
    static final class Side {

        private final int[] nodes;
        private final NDArray interaction;
        private final NDArray text;

        Side(int[] nodes, NDArray interaction, NDArray text) {
            this.nodes = nodes;
            this.interaction = interaction;
            this.text = text;
        }

        /** Users or items, {@code [k]}. */
        int[] nodes() {
            return nodes;
        }

        /** Their interaction motivations z^x, {@code [k, d]}, L2-normalised. */
        NDArray interaction() {
            return interaction;
        }

        /** Their text vectors z^t, {@code [k, d]}, L2-normalised. */
        NDArray text() {
            return text;
        }
    }

    /** Both sides of a step. */
    record Sides(Side users, Side items) {

        /** Those with at least two rows: one alone has nobody to be told from. */
        List<Side> comparable() {
            return IntStream.range(0, 2)
                    .mapToObj(s -> s == 0 ? users : items)
                    .filter(side -> side.nodes().length > 1)
                    .toList();
        }
    }

    LmmrecState(Lmmrec settings, Wrapper.Start start) {
        this.settings = settings;
        this.start = start;
        int width = start.width();
        long seed = start.seed() * 31;
        encoder = new TextEncoder(start.text().sides(), width, seed + 2, start.manager());
        parameters.addAll(encoder.parameters());
        boolean anyMotives = start.text().userMotives().present()
                || start.text().itemMotives().present();
        motives = Optional.of(settings)
                .filter(s -> s.motives() && anyMotives)
                .map(s -> new MotiveEncoder(start.text(), width, seed + 4, start.manager()));
        motives.ifPresent(part -> parameters.addAll(part.parameters()));
        prototypes = Optional.of(settings)
                .filter(s -> s.prototypes() > 0)
                .map(s -> new Prototypes(width, s.prototypes(), seed + 6, start.manager()));
        prototypes.ifPresent(part -> parameters.addAll(part.parameters()));
        teachers = Optional.of(settings)
                .filter(Lmmrec::needsTeachers)
                .map(s -> new Teachers(start, encoder, motives, prototypes, s.queue()));
        if (settings.match() > 0) {
            head = Optional.of(new MatchHead(settings, this, width, seed + 8, start.manager()));
            parameters.addAll(head.get().parameters());
        } else {
            head = Optional.empty();
        }
        leftOut = Optional.of(settings)
                .filter(s -> s.ranking() > 0)
                .map(s -> new LeftOutTexts(start.text().pairs(), start.manager()));
        terms.add(new Coordination(settings, this));
        terms.add(new Robustness(settings, this));
        terms.add(new Correspondence(settings, this));
        head.ifPresent(terms::add);
        leftOut.ifPresent(texts -> terms.add(new TextRanking(settings, this, texts, start.train())));
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<LossTerm> terms() {
        return terms;
    }

    @Override
    public void beforeStep(long next) {
        step = next;
        teachers.filter(t -> next % start.stepsPerEpoch() % settings.teacherEvery() == 0)
                .ifPresent(Teachers::look);
    }

    @Override
    public void afterStep() {
        teachers.ifPresent(t -> {
            t.follow(settings.momentumAt(step, start.stepsPerEpoch()));
            if (sides != null) {
                t.userQueue().add(sides.users().nodes());
                t.itemQueue().add(sides.items().nodes());
            }
        });
        seen = null;
        sides = null;
    }

    @Override
    public List<float[]> memory() {
        return teachers.map(Teachers::numbers).orElseGet(List::of);
    }

    @Override
    public void remember(List<float[]> memory) {
        teachers.ifPresent(t -> t.set(memory));
    }

    @Override
    public Optional<TextEncoder.Weights> encoder() {
        return Optional.of(encoder.weights());
    }

    @Override
    public Factors aligned() {
        if (motives.isEmpty()) {
            return encoder.vectors();
        }
        Factors interaction = start.interaction().vectors();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return textOf(start, encoder, motives, interaction);
        }
    }

    /** Text vectors of everybody, outside of any step. */
    static Factors textOf(
            Wrapper.Start start, TextEncoder encoder, Optional<MotiveEncoder> motives, Factors interaction) {
        int[] users = IntStream.range(0, start.train().users()).toArray();
        int[] items = IntStream.range(0, start.train().items()).toArray();
        NDArray userText = encoder.usersEncoded();
        NDArray itemText = encoder.itemsEncoded();
        if (motives.isPresent()) {
            MotiveEncoder part = motives.get();
            userText = userText.add(part.users(users, nobody(users), userMatrix(start, interaction), Parameter::value));
            itemText = itemText.add(part.items(items, nobody(items), itemMatrix(start, interaction), Parameter::value));
        }
        float[] u = TextEncoder.direction(userText).toFloatArray();
        float[] i = TextEncoder.direction(itemText).toFloatArray();
        clear(u, start.width(), start.text().sides()::hasUser);
        clear(i, start.width(), start.text().sides()::hasItem);
        return new Factors(start.width(), u, i);
    }

    static NDArray userMatrix(Wrapper.Start start, Factors factors) {
        float[] flat = new float[factors.userCount() * factors.width()];
        for (int user = 0; user < factors.userCount(); user++) {
            System.arraycopy(factors.user(user), 0, flat, user * factors.width(), factors.width());
        }
        return start.manager().create(flat, new Shape(factors.userCount(), factors.width()));
    }

    static NDArray itemMatrix(Wrapper.Start start, Factors factors) {
        float[] flat = new float[factors.itemCount() * factors.width()];
        for (int item = 0; item < factors.itemCount(); item++) {
            System.arraycopy(factors.item(item), 0, flat, item * factors.width(), factors.width());
        }
        return start.manager().create(flat, new Shape(factors.itemCount(), factors.width()));
    }

    private static void clear(float[] vectors, int width, IntPredicate hasText) {
        IntStream.range(0, vectors.length / width)
                .filter(hasText.negate())
                .forEach(row -> Arrays.fill(vectors, row * width, (row + 1) * width, 0));
    }

    private static int[] nobody(int[] owners) {
        int[] nobody = new int[owners.length];
        Arrays.fill(nobody, -1);
        return nobody;
    }

    /** What the terms of one step share, made once. */
    Sides sides(Forward forward) {
        if (seen != forward.tape()) {
            Batch batch = forward.batch();
            int[] users = first(batch.users(), start.text().sides()::hasUser);
            int[] items = first(batch.positives(), start.text().sides()::hasItem);
            sides = new Sides(userSide(forward, users), itemSide(forward, items));
            seen = forward.tape();
        }
        return sides;
    }

    /** Batches are shuffled, so that the first few of one are a fair draw. */
    private int[] first(int[] nodes, IntPredicate hasText) {
        return Arrays.stream(nodes)
                .filter(hasText)
                .distinct()
                .limit(settings.rows())
                .toArray();
    }

    private Side userSide(Forward forward, int[] users) {
        if (users.length == 0) {
            return new Side(users, null, null);
        }
        NDArray vectors = forward.users(users);
        NDArray interaction = prototypes
                .map(part -> part.ofUsers(vectors, forward.tape()::of))
                .orElse(vectors);
        NDArray text = encoder.usersEncoded(forward.tape(), users);
        NDArray whole = motives.map(part -> text.add(part.users(users, nobody(users), vectors, forward.tape()::of)))
                .orElse(text);
        return new Side(users, TextEncoder.direction(interaction), TextEncoder.direction(whole));
    }

    private Side itemSide(Forward forward, int[] items) {
        if (items.length == 0) {
            return new Side(items, null, null);
        }
        NDArray vectors = forward.items(items);
        NDArray interaction = prototypes
                .map(part -> part.ofItems(vectors, forward.tape()::of))
                .orElse(vectors);
        NDArray text = encoder.itemsEncoded(forward.tape(), items);
        NDArray whole = motives.map(part -> text.add(part.items(items, nobody(items), vectors, forward.tape()::of)))
                .orElse(text);
        return new Side(items, TextEncoder.direction(interaction), TextEncoder.direction(whole));
    }

    /** Text vectors of users as they were without one review each. */
    NDArray userText(Forward forward, NDArray text, int[] users, int[] leftOut) {
        NDArray encoded = encoder.encoded(text, forward.tape()::of);
        return TextEncoder.direction(
                motives.map(part -> encoded.add(part.users(users, leftOut, forward.users(users), forward.tape()::of)))
                        .orElse(encoded));
    }

    /** Text vectors of items as they were without one review each. */
    NDArray itemText(Forward forward, NDArray text, int[] items, int[] leftOut) {
        NDArray encoded = encoder.encoded(text, forward.tape()::of);
        return TextEncoder.direction(
                motives.map(part -> encoded.add(part.items(items, leftOut, forward.items(items), forward.tape()::of)))
                        .orElse(encoded));
    }

    Teachers teachers() {
        return teachers.orElseThrow(() -> new IllegalStateException("no term that is switched on has teachers"));
    }

    /** α of the step. */
    double softShare() {
        return settings.softShareAt(step, start.stepsPerEpoch());
    }

    /** Repeats what a term draws in a step. */
    long seed(int of) {
        return ((start.seed() * 1_000_003L + step) * 31 + of) * 0x9E3779B97F4A7C15L;
    }
}
