package dev.lmmrec.training.fit;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.loss.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cuts the interactions into batches, shuffled anew each epoch, every positive with one uniform negative drawn anew.
 * Users who met every item have no negative and take no part.
 */
final class Batches {

    private final Interactions train;
    private final int size;
    private final int[] users;
    private final int[] positives;

    Batches(Interactions train, int size) {
        this.train = train;
        this.size = size;
        int[] pairUsers = new int[train.count()];
        int[] pairItems = new int[train.count()];
        int pairs = 0;
        for (int user = 0; user < train.users(); user++) {
            if (train.countOf(user) < train.items()) {
                for (int item : train.itemsOf(user)) {
                    pairUsers[pairs] = user;
                    pairItems[pairs++] = item;
                }
            }
        }
        if (pairs == 0) {
            throw new IllegalArgumentException("there is no user with an item met and an item not met");
        }
        users = Arrays.copyOf(pairUsers, pairs);
        positives = Arrays.copyOf(pairItems, pairs);
    }

    /** How many batches an epoch has. */
    int count() {
        return (users.length + size - 1) / size;
    }

    /** The batches of one epoch; equal seeds give equal batches. */
    List<Batch> epoch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[users.length];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += size) {
            int length = Math.min(size, order.length - from);
            int[] u = new int[length];
            int[] i = new int[length];
            int[] j = new int[length];
            for (int b = 0; b < length; b++) {
                u[b] = users[order[from + b]];
                i[b] = positives[order[from + b]];
                do {
                    j[b] = random.nextInt(train.items());
                } while (train.contains(u[b], j[b]));
            }
            batches.add(new Batch(u, i, j));
        }
        return batches;
    }
}
