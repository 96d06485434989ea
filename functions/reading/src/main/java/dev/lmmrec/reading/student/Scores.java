package dev.lmmrec.reading.student;

/**
 * What the head says of the tokens of a review.
 *
 * @param emissions for each token how well each tag fits, {@code [n][tags]}
 * @param attention for each token how much its votes count
 * @param votes for each token how it votes, {@code [n][votes]}
 */
// nobody compares or changes them
@SuppressWarnings("ArrayRecordComponent")
public record Scores(float[][] emissions, float[] attention, float[][] votes) {

    /**
     * What the tokens of a span say together.
     *
     * @param first its first token
     * @param last its last token
     * @param side what its side adds
     * @return {@code [votes]}
     */
    public double[] of(int first, int last, float[] side) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = first; i <= last; i++) {
            largest = Math.max(largest, attention[i]);
        }
        double sum = 0;
        double[] said = new double[side.length];
        for (int i = first; i <= last; i++) {
            double weight = Math.exp(attention[i] - largest);
            sum += weight;
            for (int k = 0; k < said.length; k++) {
                said[k] += weight * votes[i][k];
            }
        }
        for (int k = 0; k < said.length; k++) {
            said[k] = said[k] / sum + side[k];
        }
        return said;
    }
}
