package dev.lmmrec.reading.student;

import dev.lmmrec.core.motivation.Motivation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Motivations that a review may show.
 *
 * @param all of them
 * @param expected how many a reader of the review would find, on average
 */
record Proposals(List<Proposal> all, double expected) {

    /**
     * One of them.
     *
     * @param motivation what is proposed
     * @param agreement the probability that another reader would find much the same words, side and polarity
     */
    record Proposal(Motivation motivation, double agreement) {}

    Proposals {
        all = List.copyOf(all);
    }

    /**
     * The surest, as many as make the expected F1 of agreement largest: one more is kept if it agrees with a
     * probability above half of the F1 reached without it. So fewer are kept of a review that is understood well than
     * of one where all is unsure, whatever its domain is.
     *
     * @return in the order of the list
     */
    List<Motivation> best() {
        List<Proposal> surest = new ArrayList<>(all);
        surest.sort(Comparator.comparingDouble(Proposal::agreement).reversed());
        double sum = 0;
        double best = 0;
        int kept = 0;
        for (int count = 1; count <= surest.size(); count++) {
            sum += surest.get(count - 1).agreement();
            double f1 = 2 * sum / (count + expected);
            if (f1 > best) {
                best = f1;
                kept = count;
            }
        }
        List<Proposal> chosen = surest.subList(0, kept);
        return all.stream().filter(chosen::contains).map(Proposal::motivation).toList();
    }
}
