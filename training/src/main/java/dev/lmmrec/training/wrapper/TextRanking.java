package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.LeftOutTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranking by text alone: the text of a training pair's user, without the pair's own review, should find the text of the
 * pair's item, likewise without it, among the items of the step. A softmax over the step's items, each logit less the
 * logarithm of the item's share of interactions, because frequent items are drawn more often as negatives; other items
 * that the user met are no negatives. Pairs of which one side has no other review take no part.
 */
final class TextRanking implements LossTerm {

    /** Takes an item out of a user's softmax. */
    private static final float CLOSED = -1e9f;

    private final Lmmrec settings;
    private final SentenceSide side;
    private final LeftOutTexts texts;
    private final Interactions train;
    private final float[] logShares;

    TextRanking(Lmmrec settings, SentenceSide side, Wrapper.Start start) {
        this.settings = settings;
        this.side = side;
        this.texts = new LeftOutTexts(start.text().pairs(), start.manager());
        this.train = start.train();
        int[] counts = train.itemCounts();
        logShares = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            logShares[item] = (float) Math.log(Math.max(1, counts[item]) / (double) train.count());
        }
    }

    @Override
    public String name() {
        return "text-ranking";
    }

    @Override
    public double weight() {
        return settings.ranking();
    }

    @Override
    public NDArray value(Forward forward) {
        NDManager manager = forward.tape().manager();
        int rows = Math.min(forward.batch().size(), settings.rows());
        int[] users = Arrays.copyOf(forward.batch().users(), rows);
        int[] items = Arrays.copyOf(forward.batch().positives(), rows);
        LeftOutTexts.Rows left = texts.of(manager, users, items);
        NDArray userText = side.usersWithout(forward, left.users(), users, items);
        NDArray itemText = side.itemsWithout(forward, left.items(), items, users);
        Contrast contrast = new Contrast(settings.rankingTemperature());
        NDArray open =
                contrast.logits(userText, itemText).add(manager.create(bias(users, items), new Shape(rows, rows)));
        NDArray diagonal = contrast.matching(userText, itemText).sub(manager.create(shares(items)));
        // the largest logit is taken off first: the logarithms of small shares are large
        NDArray largest = open.max(new int[] {1}, true).stopGradient();
        NDArray normaliser = Contrast.logSumExp(open.sub(largest), 1).add(largest.reshape(rows));
        NDArray losses = normaliser.sub(diagonal).mul(left.present());
        return losses.sum().div(left.present().sum().maximum(1));
    }

    private float[] shares(int[] items) {
        float[] shares = new float[items.length];
        for (int b = 0; b < items.length; b++) {
            shares[b] = logShares[items[b]];
        }
        return shares;
    }

    /** What is added to each logit, {@code [B, B]} flat. */
    private float[] bias(int[] users, int[] items) {
        int rows = users.length;
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int b = 0; b < rows; b++) {
            places.computeIfAbsent(items[b], item -> new ArrayList<>()).add(b);
        }
        float[] shares = shares(items);
        float[] bias = new float[rows * rows];
        for (int b = 0; b < rows; b++) {
            for (int other = 0; other < rows; other++) {
                bias[b * rows + other] = -shares[other];
            }
            for (int met : train.itemsOf(users[b])) {
                for (int place : places.getOrDefault(met, List.of())) {
                    bias[b * rows + place] = CLOSED;
                }
            }
            bias[b * rows + b] = -shares[b];
        }
        return bias;
    }
}
