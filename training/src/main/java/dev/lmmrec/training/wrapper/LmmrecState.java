package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
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
    private final SentenceSide sentences;
    private final Optional<WordSide> words;
    private final Optional<Prototypes> prototypes;
    private final Optional<MatchHead> head;
    private final Optional<Teachers> teachers;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> penalised;
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
        boolean anyMotives = start.text().userMotives().present()
                || start.text().itemMotives().present();
        sentences = new SentenceSide(
                start,
                new TextEncoder(start.text().sides(), width, seed + 2, start.manager()),
                Optional.of(settings)
                        .filter(s -> s.motives() && anyMotives)
                        .map(s -> new MotiveEncoder(start.text(), width, seed + 4, start.manager())));
        parameters.addAll(sentences.parameters());
        words = Optional.of(settings)
                .filter(s -> s.words() > 0 && start.text().words().present())
                .map(s -> new WordSide(
                        start, start.text().words().weighing(s.wordText(), s.wordMotives()), s.wordRate()));
        prototypes = Optional.of(settings)
                .filter(s -> s.prototypes() > 0)
                .map(s -> new Prototypes(width, s.prototypes(), seed + 6, start.manager()));
        prototypes.ifPresent(part -> parameters.addAll(part.parameters()));
        teachers = Optional.of(settings)
                .filter(Lmmrec::needsTeachers)
                .map(s -> new Teachers(start, text(), prototypes, s.queue()));
        if (settings.match() > 0) {
            head = Optional.of(new MatchHead(settings, this, width, seed + 8, start.manager()));
            parameters.addAll(head.get().parameters());
        } else {
            head = Optional.empty();
        }
        penalised = List.copyOf(parameters);
        words.ifPresent(side -> {
            parameters.addAll(side.parameters());
            terms.add(new WordRanking(settings, this, side, start.train()));
        });
        if (settings.ranking() > 0) {
            terms.add(new TextRanking(settings, sentences, start));
        }
        terms.add(new Coordination(settings, this));
        terms.add(new Robustness(settings, this));
        terms.add(new Correspondence(settings, this));
        head.ifPresent(terms::add);
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> penalised() {
        return penalised;
    }

    /** The words where there are any, for they say more; else the sentences. */
    private TextSide text() {
        return words.map(TextSide.class::cast).orElse(sentences);
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
        return Optional.of(sentences.encoder().weights());
    }

    @Override
    public Factors aligned() {
        return sentences.encoder().vectors();
    }

    @Override
    public Optional<Factors> known() {
        return words.isEmpty() && !sentences.hasMotives()
                ? Optional.empty()
                : Optional.of(text().ranking(start.interaction().vectors()));
    }

    @Override
    public int common() {
        return text().common();
    }

    /** What the terms of one step share, made once. */
    Sides sides(Forward forward) {
        if (seen != forward.tape()) {
            Batch batch = forward.batch();
            int[] users = first(batch.users(), text()::hasUser);
            int[] items = first(batch.positives(), text()::hasItem);
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
        return new Side(users, TextEncoder.direction(interaction), text().users(forward, users));
    }

    private Side itemSide(Forward forward, int[] items) {
        if (items.length == 0) {
            return new Side(items, null, null);
        }
        NDArray vectors = forward.items(items);
        NDArray interaction = prototypes
                .map(part -> part.ofItems(vectors, forward.tape()::of))
                .orElse(vectors);
        return new Side(items, TextEncoder.direction(interaction), text().items(forward, items));
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
