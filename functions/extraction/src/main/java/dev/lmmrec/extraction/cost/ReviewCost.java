package dev.lmmrec.extraction.cost;

import java.time.Duration;

/**
 * What one review cost on one rung. A call whose use is not known, because it was broken off or the endpoint does not
 * tell it, counts with an estimate of the question and the longest answer.
 *
 * @param reviewId the review
 * @param rung the rung's name
 * @param model the model's name
 * @param answered whether motivations came of it
 * @param calls how often the model was asked
 * @param tokensIn tokens it read
 * @param tokensOut tokens it wrote
 * @param cost in the currency of the price
 * @param statementsRefused motivations whose statement was not let through
 * @param took how long it took
 */
public record ReviewCost(
        String reviewId,
        String rung,
        String model,
        boolean answered,
        int calls,
        long tokensIn,
        long tokensOut,
        double cost,
        int statementsRefused,
        Duration took) {}
