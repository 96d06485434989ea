package dev.lmmrec.training.run;

import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Trained;

/**
 * What an artefact keeps of known users and items. Text vectors that serving cannot make of a profile are appended to
 * the interaction vectors, weighted, so that one inner product still gives the score.
 *
 * @param rows interaction vectors, with or without text vectors behind them
 * @param words how many components of a row are of text vectors
 * @param common how many components of a row, the last ones, are 1 for every user
 * @param weights of the parts, so that the score stays what was measured
 */
record Known(Factors rows, int words, int common, Weights weights) {

    static Known of(Trained trained, Weights weights) {
        return trained.known()
                .map(text -> new Known(
                        joined(trained.interaction(), weights.interaction(), text, weights.text()),
                        text.width() - trained.common(),
                        trained.common(),
                        new Weights(1, 0, weights.motives(), weights.popularity())))
                .orElseGet(() -> new Known(trained.interaction(), 0, 0, weights));
    }

    /** Vectors whose inner products are the weighted sum of two inner products; the items carry the weights. */
    private static Factors joined(Factors one, double oneWeight, Factors other, double otherWeight) {
        int width = one.width() + other.width();
        float[] users = new float[one.userCount() * width];
        for (int user = 0; user < one.userCount(); user++) {
            put(one.user(user), 1, users, user * width);
            put(other.user(user), 1, users, user * width + one.width());
        }
        float[] items = new float[one.itemCount() * width];
        for (int item = 0; item < one.itemCount(); item++) {
            put(one.item(item), oneWeight, items, item * width);
            put(other.item(item), otherWeight, items, item * width + one.width());
        }
        return new Factors(width, users, items);
    }

    private static void put(float[] vector, double weight, float[] into, int at) {
        for (int k = 0; k < vector.length; k++) {
            into[at + k] = (float) (weight * vector[k]);
        }
    }
}
