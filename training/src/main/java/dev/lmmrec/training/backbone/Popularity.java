package dev.lmmrec.training.backbone;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Scorer;

/** Everybody gets what most people met: the floor under every table. */
public final class Popularity implements Backbone.ClosedForm {

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public Scorer fit(Interactions train) {
        float[] popularity = of(train);
        return Scorer.shared((user, scores) -> System.arraycopy(popularity, 0, scores, 0, popularity.length));
    }

    /**
     * How popular items are.
     *
     * @param train what to count
     * @return {@code [n]}: log(1 + count), divided by its largest value, so 0 to 1
     */
    public static float[] of(Interactions train) {
        int[] counts = train.itemCounts();
        double largest = 0;
        for (int count : counts) {
            largest = Math.max(largest, Math.log1p(count));
        }
        float[] popularity = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            popularity[item] = largest == 0 ? 0 : (float) (Math.log1p(counts[item]) / largest);
        }
        return popularity;
    }
}
