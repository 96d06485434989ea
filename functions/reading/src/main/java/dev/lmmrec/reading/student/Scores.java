package dev.lmmrec.reading.student;

import dev.lmmrec.core.motivation.Facet;

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
     * What is said of the tokens on average with another reading of them. Facets stay as they are here: which one it is
     * hangs on the very words that another reading may lack.
     *
     * @param other of the same tokens
     * @return the mean of emissions and of all votes but those for facets
     */
    Scores mean(Scores other) {
        return new Scores(mean(emissions, other.emissions, 0), attention, mean(votes, other.votes, Facet.KNOWN.size()));
    }

    private static float[][] mean(float[][] rows, float[][] others, int from) {
        float[][] means = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            means[i] = rows[i].clone();
            for (int k = from; k < means[i].length; k++) {
                means[i][k] = (rows[i][k] + others[i][k]) / 2;
            }
        }
        return means;
    }

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
