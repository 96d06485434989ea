package dev.lmmrec.training.explanation;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.reason.StatementRanking;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of an item's statements will a user give too? The answer is a review that neither profile has seen.
 *
 * @param user the user's profile without the review, if anything else is known
 * @param item the item's profile without the review
 * @param candidates what can be shown of the item
 * @param answer the review, with vectors
 */
record Question(Optional<Profile> user, Profile item, List<ProfileMotivation> candidates, ReviewMotivations answer) {

    /** One for each review, left out of both profiles in turn; those with fewer than two candidates ask nothing. */
    static List<Question> leavingOut(Collection<ReviewMotivations> reviews, Profiles profiles) {
        return reviews.parallelStream()
                .flatMap(review -> of(
                        review,
                        profiles.without(ProfileKey.user(review.userId()), review),
                        profiles.without(ProfileKey.item(review.itemId()), review)))
                .toList();
    }

    /** One for each review that the profiles have not seen. */
    static List<Question> heldOut(Collection<ReviewMotivations> reviews, Profiles profiles) {
        return reviews.stream()
                .flatMap(review -> of(
                        review,
                        profiles.of(ProfileKey.user(review.userId())),
                        profiles.of(ProfileKey.item(review.itemId()))))
                .toList();
    }

    private static Stream<Question> of(ReviewMotivations review, Optional<Profile> user, Optional<Profile> item) {
        if (item.isEmpty() || review.vectors().isEmpty() || review.motivations().isEmpty()) {
            return Stream.empty();
        }
        List<ProfileMotivation> candidates = StatementRanking.candidates(review.userId(), item.get());
        return candidates.size() < 2 ? Stream.empty() : Stream.of(new Question(user, item.get(), candidates, review));
    }

    /** Whether each candidate agrees with the review. */
    boolean[] agreeing(Agreement agreement) {
        boolean[] agreeing = new boolean[candidates.size()];
        for (int c = 0; c < agreeing.length; c++) {
            agreeing[c] = agreement.of(candidates.get(c), answer);
        }
        return agreeing;
    }
}
