package dev.lmmrec.training.evaluation;

import java.util.Optional;

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

    /**
     * Scores all items for several users; gives what {@link #score} gives, sooner where that is possible.
     *
     * @param users the users' indices
     * @param scores filled in, one {@code [n]} per user
     */
    default void score(int[] users, float[][] scores) {
        for (int u = 0; u < users.length; u++) {
            score(users[u], scores[u]);
        }
    }

    /**
     * A scorer of the same scores that another thread may use at the same time. Without one, users are ranked one after
     * the other.
     *
     * @return itself if it keeps nothing between and within calls, or a copy with buffers of its own; empty if there is
     *     none
     */
    default Optional<Scorer> twin() {
        return Optional.empty();
    }

    /**
     * Makes a scorer bear several threads: one that does not say it can is asked by one after the other.
     *
     * @param scorer the scorer
     * @return the same scores, with itself as twin
     */
    static Scorer inTurn(Scorer scorer) {
        if (scorer.twin().isPresent()) {
            return scorer;
        }
        Object turn = new Object();
        return shared((user, scores) -> {
            synchronized (turn) {
                scorer.score(user, scores);
            }
        });
    }

    /**
     * Marks a scorer that keeps nothing between and within calls, so that several threads may use it at once.
     *
     * @param scorer the scorer
     * @return the same scores, with itself as twin
     */
    static Scorer shared(Scorer scorer) {
        return new Scorer() {
            @Override
            public void score(int user, float[] scores) {
                scorer.score(user, scores);
            }

            @Override
            public void score(int[] users, float[][] scores) {
                scorer.score(users, scores);
            }

            @Override
            public Optional<Scorer> twin() {
                return Optional.of(this);
            }
        };
    }
}
