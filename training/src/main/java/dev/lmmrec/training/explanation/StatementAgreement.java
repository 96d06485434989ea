package dev.lmmrec.training.explanation;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.ReviewText;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.PairedBootstrap.Sample;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well the statements that are shown of an item agree with what the user then writes of it: NDCG@5 of orders of the
 * item's statements by the motives labelled in the held-out review. Reviews that no candidate agrees with say nothing
 * of an order and are left out.
 */
public final class StatementAgreement {

    private final List<Question> questions;
    private final StatementWeights weights;
    private final Map<String, Integer> userIndex;

    private StatementAgreement(Dataset dataset, List<Question> questions, StatementWeights weights) {
        this.questions = questions;
        this.weights = weights;
        userIndex = Dataset.indexOf(dataset.users());
    }

    /**
     * Learns the order from the open rows of a split and asks the test part.
     *
     * @param dataset the rows
     * @param split says what is held out
     * @return the measurement
     */
    public static StatementAgreement of(Dataset dataset, Split split) {
        List<ReviewMotivations> open = TextSides.openRows(dataset, split);
        return new StatementAgreement(
                dataset,
                Question.heldOut(rowsOf(dataset, split.test()), new Profiles(open)),
                StatementOrderLearning.from(open));
    }

    private static List<ReviewMotivations> rowsOf(Dataset dataset, Interactions part) {
        return dataset.reviews().stream()
                .filter(review -> review.hasUser() && review.hasItem() && part.contains(review.user(), review.item()))
                .map(ReviewText::row)
                .toList();
    }

    /**
     * What was learnt.
     *
     * @return the weights
     */
    public StatementWeights weights() {
        return weights;
    }

    /**
     * How many held-out reviews are of items with at least two statements to show.
     *
     * @return the count
     */
    public int asked() {
        return questions.size();
    }

    /**
     * Measures all orders.
     *
     * @param agreement what counts
     * @return by the order's name, the served one first: the mean NDCG@5 of each user's reviews that some candidate
     *     agrees with
     */
    public Map<String, Sample> ndcg(Agreement agreement) {
        List<Question> decidable = questions.stream()
                .filter(question -> anyOf(question.agreeing(agreement)))
                .toList();
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (Map.Entry<String, Function<Question, List<ProfileMotivation>>> order :
                StatementOrders.of(weights).entrySet()) {
            samples.put(
                    order.getKey(),
                    sample(
                            decidable,
                            question -> StatementOrders.ndcg(
                                    question, order.getValue().apply(question), agreement)));
        }
        samples.put(
                StatementOrders.RANDOM,
                sample(decidable, question -> StatementOrders.ndcgOfRandom(question, agreement)));
        return samples;
    }

    private static boolean anyOf(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    private Sample sample(List<Question> decidable, ToDoubleFunction<Question> figure) {
        double[] sum = new double[userIndex.size()];
        int[] count = new int[userIndex.size()];
        double[] values = decidable.parallelStream().mapToDouble(figure).toArray();
        for (int q = 0; q < values.length; q++) {
            int user = userIndex.get(decidable.get(q).answer().userId());
            sum[user] += values[q];
            count[user]++;
        }
        int[] users =
                IntStream.range(0, sum.length).filter(user -> count[user] > 0).toArray();
        return new Sample(
                users,
                Arrays.stream(users)
                        .mapToDouble(user -> sum[user] / count[user])
                        .toArray());
    }
}
