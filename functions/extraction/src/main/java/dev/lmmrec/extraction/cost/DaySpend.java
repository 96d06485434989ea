package dev.lmmrec.extraction.cost;

/** The day's count of tokens. Safe for use by several threads. */
public interface DaySpend {

    /**
     * Counts tokens before they are used, so that many who ask at once cannot exceed the day's cap together.
     *
     * @param tokens the most that will be used
     * @return false if they would exceed the cap; then nothing is counted
     */
    boolean reserve(int tokens);

    /**
     * Puts the count right once it is known what was used.
     *
     * @param reserved what was counted before
     * @param used what was used
     */
    void settle(int reserved, int used);

    /**
     * Adds what a review cost to the day's sums, which limit nothing: they tell what a review costs on the average. The
     * rung that answered counts the review; what those above it cost in vain is part of its price.
     *
     * @param cost tokens and price of one review on one rung
     */
    default void note(ReviewCost cost) {
        // most counts only limit
    }
}
