package dev.lmmrec.training.explanation;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.reason.StatementRanking;
import dev.lmmrec.core.reason.StatementWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** What is served and what it must beat, as orders of a question's candidates. */
final class StatementOrders {

    static final String LEARNT = "as served";
    static final String RANDOM = "random";

    /** How long the list is that is looked at. */
    static final int CUTOFF = 5;

    private static final int SHUFFLES = 20;

    private StatementOrders() {}

    /** Each order by its name; the first is what is served. */
    static Map<String, Function<Question, List<ProfileMotivation>>> of(StatementWeights weights) {
        StatementRanking ranking = new StatementRanking(weights);
        Map<String, Function<Question, List<ProfileMotivation>>> orders = new LinkedHashMap<>();
        orders.put(LEARNT, question -> ranking.order(question.user(), question.item()));
        orders.put(
                "most frequent statements of the item",
                question -> sorted(question, Comparator.comparingInt(statement -> -statement.support())));
        orders.put("heaviest statements of the item", Question::candidates);
        orders.put(
                "nearest by raw text",
                question -> sorted(question, Comparator.comparingDouble(statement -> -question.user()
                        .map(Profile::textVector)
                        .map(text -> text.dot(statement.vector()))
                        .orElse(0.0))));
        return orders;
    }

    private static List<ProfileMotivation> sorted(Question question, Comparator<ProfileMotivation> by) {
        return question.candidates().stream().sorted(by).toList();
    }

    /** NDCG of an order with gains of 0 and 1, by the best order of the same candidates; some candidate must agree. */
    static double ndcg(Question question, List<ProfileMotivation> order, Agreement agreement) {
        double gain = 0;
        double best = 0;
        int agreeing = 0;
        for (int place = 0; place < order.size(); place++) {
            if (agreement.of(order.get(place), question.answer())) {
                gain += place < CUTOFF ? discount(place) : 0;
                best += agreeing < CUTOFF ? discount(agreeing) : 0;
                agreeing++;
            }
        }
        return gain / best;
    }

    /** The mean NDCG of shuffles that depend on the review alone. */
    static double ndcgOfRandom(Question question, Agreement agreement) {
        Random random = new Random(question.answer().reviewId().hashCode());
        double sum = 0;
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            List<ProfileMotivation> order = new ArrayList<>(question.candidates());
            Collections.shuffle(order, random);
            sum += ndcg(question, order, agreement);
        }
        return sum / SHUFFLES;
    }

    private static double discount(int place) {
        return Math.log(2) / Math.log(place + 2);
    }
}
