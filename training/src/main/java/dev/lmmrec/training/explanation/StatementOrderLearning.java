package dev.lmmrec.training.explanation;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.reason.StatementWeights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns which statements of an item a user gives too, from reviews of which each is left out of both profiles in turn.
 */
public final class StatementOrderLearning {

    /** Chosen on the validation part of one split of real reviews, among 0.0003, 0.003 and 0.03. */
    private static final double DIRECTION_RIDGE = 0.0003;

    /** So many reviews, evenly spread, are enough to learn some hundred numbers from. */
    private static final int REVIEWS_MAX = 6_000;

    private StatementOrderLearning() {}

    /**
     * Learns.
     *
     * @param rows the reviews that may be looked at
     * @return the weights; {@link StatementWeights#UNLEARNT} if no review has motivations with vectors to learn from
     */
    public static StatementWeights from(List<ReviewMotivations> rows) {
        int step = Math.max(1, (rows.size() + REVIEWS_MAX - 1) / REVIEWS_MAX);
        List<ReviewMotivations> some = IntStream.iterate(0, i -> i < rows.size(), i -> i + step)
                .mapToObj(rows::get)
                .toList();
        return new StatementLearning(DIRECTION_RIDGE).learn(Question.leavingOut(some, new Profiles(rows)));
    }
}
