package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns a {@link Stack} on validation: the softmax over each user's pool shall be on the held-out items, so the loss
 * is listwise (Cao et al., ICML 2007), convex, and small enough for L-BFGS over all users. A user with p held-out items
 * in the pool counts p^0.7.
 *
 * <p>What is measured on the users it was learnt from flatters it; {@link #crossFitted} does not.
 */
public final class StackSearch {

    private static final int STEPS_MAX = 60;
    private static final double SQUARED_NORM_WEIGHT = 1e-4;
    private static final double USER_EXPONENT = -0.3;

    /** Users whose gradients are summed one after the other, whatever the threads. */
    private static final int CHUNK = 128;

    private final Interactions known;
    private final Interactions heldOut;

    /**
     * Sets the task.
     *
     * @param known what each user met in training
     * @param heldOut the validation part, never the test part
     */
    public StackSearch(Interactions known, Interactions heldOut) {
        this.known = known;
        this.heldOut = heldOut;
    }

    /** One user's pool, and which of its items were held out. */
    private static final class Case {

        private final int user;
        private final Pool pool;
        private final boolean[] held;
        private final int count;

        Case(int user, Pool pool, boolean[] held, int count) {
            this.user = user;
            this.pool = pool;
            this.held = held;
            this.count = count;
        }

        double weight() {
            return Math.pow(count, USER_EXPONENT);
        }

        /** The loss of the user; its gradient is added. */
        double addTo(double[] weights, double[] gradient) {
            double[] scores = pool.scored(weights);
            double largest = Arrays.stream(scores).max().orElseThrow();
            double sum = 0;
            for (double score : scores) {
                sum += Math.exp(score - largest);
            }
            double logarithm = largest + Math.log(sum);
            double loss = 0;
            double weight = weight();
            for (int c = 0; c < scores.length; c++) {
                double probability = Math.exp(scores[c] - logarithm);
                loss += held[c] ? weight * (logarithm - scores[c]) : 0;
                scores[c] = weight * (count * probability - (held[c] ? 1 : 0));
            }
            pool.addGradient(scores, gradient);
            return loss;
        }
    }

    /**
     * Learns from all users.
     *
     * @param parts at least one; their scorers are asked by several threads at once
     * @return the stack, a history scorer if all parts are
     * @throws IllegalArgumentException if there is no part or no held-out item in any pool
     */
    public Stack search(List<Part> parts) {
        return Stack.of(parts, learn(cases(parts), parts.size()), known);
    }

    /**
     * Stacks that may be measured on validation: users are dealt into folds, and each is scored by the stack that was
     * learnt from the others. For choosing between stacks; to be used there is {@link #search}.
     *
     * @param parts at least one
     * @param folds at least 2
     * @return scores users by index
     * @throws IllegalArgumentException if there are fewer users with a held-out item in their pools than folds
     */
    public Scorer crossFitted(List<Part> parts, int folds) {
        if (folds < 2) {
            throw new IllegalArgumentException("cross-fitting needs two folds or more, got " + folds);
        }
        Case[] all = cases(parts);
        if (all.length < folds) {
            throw new IllegalArgumentException("cross-fitting in " + folds + " folds needs as many users with a"
                    + " held-out item in their pools, got " + all.length);
        }
        // dealt by turn, as the users with something held out may have anything in common, their parity too
        int[] foldOf =
                IntStream.range(0, heldOut.users()).map(user -> user % folds).toArray();
        for (int i = 0; i < all.length; i++) {
            foldOf[all[i].user] = i % folds;
        }
        List<Stack> stacks = IntStream.range(0, folds)
                .mapToObj(fold -> Stack.of(
                        parts,
                        learn(
                                Arrays.stream(all)
                                        .filter(one -> foldOf[one.user] != fold)
                                        .toArray(Case[]::new),
                                parts.size()),
                        known))
                .toList();
        Scorer dealt = (user, scores) -> stacks.get(foldOf[user]).score(user, scores);
        return stacks.get(0).twin().isPresent() ? Scorer.shared(dealt) : dealt;
    }

    private Case[] cases(List<Part> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a stack needs a part");
        }
        Pool.Activity activity = new Pool.Activity(known);
        return IntStream.range(0, heldOut.users())
                .filter(user -> heldOut.countOf(user) > 0)
                .parallel()
                .mapToObj(user -> {
                    Pool pool = Pool.of(
                            parts,
                            known.itemsOf(user),
                            activity,
                            new float[known.items()],
                            (scorer, row) -> scorer.score(user, row));
                    boolean[] held = new boolean[pool.items().length];
                    int count = 0;
                    for (int c = 0; c < held.length; c++) {
                        held[c] = heldOut.contains(user, pool.items()[c]);
                        count += held[c] ? 1 : 0;
                    }
                    return new Case(user, pool, held, count);
                })
                .filter(one -> one.count > 0)
                .toArray(Case[]::new);
    }

    private static double[] learn(Case[] cases, int parts) {
        if (cases.length == 0) {
            throw new IllegalArgumentException("no part puts a held-out item into a pool, so nothing can be learnt");
        }
        double total = Arrays.stream(cases)
                .mapToDouble(one -> one.weight() * one.count)
                .sum();
        int width = Pool.weightsOf(parts);
        return new Descent(STEPS_MAX)
                .minimise((weights, gradient) -> loss(cases, total, weights, gradient), new double[width]);
    }

    private static double loss(Case[] cases, double total, double[] weights, double[] gradient) {
        int width = weights.length;
        // the last number of each chunk is its loss
        double[][] chunks = IntStream.range(0, (cases.length + CHUNK - 1) / CHUNK)
                .parallel()
                .mapToObj(chunk -> {
                    double[] sums = new double[width + 1];
                    for (int i = chunk * CHUNK; i < Math.min(cases.length, (chunk + 1) * CHUNK); i++) {
                        sums[width] += cases[i].addTo(weights, sums);
                    }
                    return sums;
                })
                .toArray(double[][]::new);
        double loss = 0;
        Arrays.fill(gradient, 0);
        for (double[] sums : chunks) {
            loss += sums[width] / total;
            for (int k = 0; k < width; k++) {
                gradient[k] += sums[k] / total;
            }
        }
        for (int k = 0; k < width; k++) {
            loss += SQUARED_NORM_WEIGHT * weights[k] * weights[k];
            gradient[k] += 2 * SQUARED_NORM_WEIGHT * weights[k];
        }
        return loss;
    }
}
