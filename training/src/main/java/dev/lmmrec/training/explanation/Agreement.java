package dev.lmmrec.training.explanation;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.List;

/** When a statement shown to a user agrees with what that user then wrote. */
public enum Agreement {
    /** The review has a motivation of the same side and facet that is near in meaning. */
    REASON,
    /** The review has any motivation that is near in meaning. */
    MEANING;

    /** From this cosine of sentence vectors on, two statements mean the same. */
    public static final double COSINE_MIN = 0.6;

    /**
     * Looks for the statement in a review.
     *
     * @param statement with a vector
     * @param review with vectors
     * @return whether they agree
     */
    public boolean of(ProfileMotivation statement, ReviewMotivations review) {
        List<Motivation> motivations = review.motivations();
        for (int m = 0; m < motivations.size(); m++) {
            Motivation own = motivations.get(m);
            boolean sameReason = own.side() == statement.side() && own.facet().equals(statement.facet());
            if ((this == MEANING || sameReason)
                    && review.vectors().orElseThrow().statements().get(m).dot(statement.vector()) >= COSINE_MIN) {
                return true;
            }
        }
        return false;
    }
}
