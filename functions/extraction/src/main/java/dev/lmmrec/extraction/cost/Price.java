package dev.lmmrec.extraction.cost;

/**
 * What a model's tokens cost, in any one currency.
 *
 * @param perMillionIn a million tokens that it reads
 * @param perMillionOut a million tokens that it writes
 */
public record Price(double perMillionIn, double perMillionOut) {

    private static final double MILLION = 1e6;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is negative or no number
     */
    public Price {
        if (!(perMillionIn >= 0) || !(perMillionOut >= 0)) {
            throw new IllegalArgumentException("the prices of a million tokens are " + perMillionIn + " and "
                    + perMillionOut + ", must be 0 or more");
        }
    }

    /**
     * What an answer cost.
     *
     * @param tokensIn tokens read
     * @param tokensOut tokens written
     * @return the amount
     */
    public double of(long tokensIn, long tokensOut) {
        return (tokensIn * perMillionIn + tokensOut * perMillionOut) / MILLION;
    }
}
