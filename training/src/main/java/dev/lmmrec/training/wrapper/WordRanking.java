package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Scaled;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.words.SparseRow;
import dev.lmmrec.training.words.WordTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ranking by words: of a training pair, the user's words and history without the pair should find the pair's item,
 * whose words and popularity are likewise without the pair, among all items that the user did not meet; a softmax over
 * all of them. Some words are dropped at random, and some users are cut down to a few of their pairs, so that those who
 * have few are served as well. Pairs whose user has no other pair take no part. What words learnt is kept small within
 * the term.
 */
final class WordRanking implements LossTerm {

    private static final int DRAW = 3;

    /** Takes an item out of a user's softmax. */
    private static final float CLOSED = -1e9f;

    private final Lmmrec settings;
    private final LmmrecState state;
    private final WordSide side;
    private final Interactions train;
    private final List<SparseRow> allItems;
    private final int[] counts;

    WordRanking(Lmmrec settings, LmmrecState state, WordSide side, Interactions train) {
        this.settings = settings;
        this.state = state;
        this.side = side;
        this.train = train;
        this.counts = train.itemCounts();
        this.allItems =
                IntStream.range(0, train.items()).mapToObj(side.texts()::item).toList();
    }

    @Override
    public String name() {
        return "word-ranking";
    }

    @Override
    public double weight() {
        return settings.words();
    }

    @Override
    public NDArray value(Forward forward) {
        Tape tape = forward.tape();
        NDManager manager = tape.manager();
        NDArray small = Scaled.times(side.squaredNorm(tape), settings.wordNorm());
        Batch batch = forward.batch();
        int[] batchUsers = batch.users();
        int[] chosen = IntStream.range(0, batch.size())
                .filter(b -> train.countOf(batchUsers[b]) > 1)
                .limit(settings.rows())
                .toArray();
        if (chosen.length == 0) {
            return small;
        }
        int[] users = pick(batchUsers, chosen);
        int[] items = pick(batch.positives(), chosen);
        int rows = chosen.length;
        WordTexts texts = side.texts();
        SplittableRandom random = new SplittableRandom(state.seed(DRAW));
        List<SparseRow> own = new ArrayList<>();
        List<SparseRow> history = new ArrayList<>();
        List<SparseRow> wanted = new ArrayList<>();
        float[] fewer = new float[rows];
        for (int b = 0; b < rows; b++) {
            if (random.nextDouble() < settings.wordCut()) {
                int[] some = some(train.itemsOf(users[b]), items[b], random);
                own.add(texts.userBy(users[b], some));
                history.add(texts.historyBy(users[b], some));
            } else {
                own.add(texts.userWithout(users[b], items[b]));
                history.add(texts.historyWithout(users[b], items[b]));
            }
            wanted.add(texts.itemWithout(users[b], items[b]));
            // popularity without this pair: ln(count) instead of ln(1 + count)
            fewer[b] = (float) (Math.log(counts[items[b]]) - Math.log1p(counts[items[b]]));
        }
        double dropped = settings.wordDrop();
        NDArray user = side.users(
                side.thinned(manager, own, dropped, random), side.thinned(manager, history, dropped, random), tape::of);
        NDArray all = side.items(side.thinned(manager, allItems, dropped, random), tape::of);
        NDArray one = side.items(side.thinned(manager, wanted, dropped, random), tape::of);
        NDArray offsets = side.offsets(tape::of, manager);
        NDArray ownOffsets = ChosenRows.of(manager, offsets.reshape(train.items(), 1), items)
                .reshape(rows)
                .add(manager.create(fewer).mul(side.popularityScale(tape::of)));
        NDArray positive = user.mul(one).sum(new int[] {1}).add(ownOffsets);
        NDArray others = user.matMul(all.transpose())
                .add(offsets)
                .add(manager.create(closed(users), new Shape(rows, train.items())));
        NDArray logits = NDArrays.concat(new NDList(positive.reshape(rows, 1), others), 1);
        NDArray largest = logits.max(new int[] {1}, true).stopGradient();
        NDArray normaliser = Contrast.logSumExp(logits.sub(largest), 1).add(largest.reshape(rows));
        return normaliser.sub(positive).mean().add(small);
    }

    /** Of the other items one, or any number: as a user is seen who has met few so far. */
    private static int[] some(int[] met, int leftOut, SplittableRandom random) {
        int[] others = Arrays.stream(met).filter(item -> item != leftOut).toArray();
        int count = random.nextBoolean() ? 1 : 1 + random.nextInt(others.length);
        for (int at = 0; at < count; at++) {
            int other = at + random.nextInt(others.length - at);
            int swapped = others[other];
            others[other] = others[at];
            others[at] = swapped;
        }
        return Arrays.copyOf(others, count);
    }

    private static int[] pick(int[] from, int[] chosen) {
        return Arrays.stream(chosen).map(b -> from[b]).toArray();
    }

    private float[] closed(int[] users) {
        float[] closed = new float[users.length * train.items()];
        for (int b = 0; b < users.length; b++) {
            for (int met : train.itemsOf(users[b])) {
                closed[b * train.items() + met] = CLOSED;
            }
        }
        return closed;
    }
}
