package dev.lmmrec.training.evaluation;

/** Says how well each item suits a user. */
@FunctionalInterface
public interface Scorer {

    /**
     * Scores all items for one user.
     *
     * @param user the user's index
     * @param scores filled in, {@code [n]}; higher is better, all finite
     */
    void score(int user, float[] scores);
}
