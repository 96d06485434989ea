package dev.lmmrec.training.backbone.blend;

/**
 * Makes the scores of different models comparable: a user's scores of the items that can still be recommended have mean
 * 0 and standard deviation 1. The items that the user met are left out of both, as many models score them far above all
 * others.
 */
final class StandardRow {

    private StandardRow() {}

    /** Standardises in place; a constant row becomes 0. */
    static void standardise(float[] scores, int[] met) {
        double sum = 0;
        double squares = 0;
        for (float score : scores) {
            sum += score;
        }
        for (int item : met) {
            sum -= scores[item];
        }
        int count = scores.length - met.length;
        double mean = count == 0 ? 0 : sum / count;
        for (float score : scores) {
            squares += (score - mean) * (score - mean);
        }
        for (int item : met) {
            squares -= (scores[item] - mean) * (scores[item] - mean);
        }
        // below this share of the mean a row is constant up to rounding
        double deviation = count == 0 ? 0 : Math.sqrt(Math.max(0, squares) / count);
        double scale = deviation <= 1e-7 * Math.abs(mean) ? 0 : 1 / deviation;
        for (int item = 0; item < scores.length; item++) {
            scores[item] = (float) ((scores[item] - mean) * scale);
        }
    }
}
