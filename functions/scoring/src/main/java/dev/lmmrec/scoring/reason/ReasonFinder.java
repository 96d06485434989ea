package dev.lmmrec.scoring.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import dev.lmmrec.scoring.reason.Reason.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Finds the pairs of motivations that speak for an item: what the user wanted, and what pleased others in the item. A
 * pair is judged by how near its statements are in meaning and by how much each says about its owner.
 */
public final class ReasonFinder {

    /** How many reasons an item gets. */
    public static final int REASONS_MAX = 2;

    /** A motive must raise the score by more than the rounding of its parts. */
    private static final double SHARE_MIN = 1e-4;

    /** Below this cosine two statements of different facets have nothing to do with each other. */
    private static final double COSINE_MIN = 0.35;

    /** Below this cosine not even statements of the same facet have. */
    private static final double COSINE_SAME_FACET_MIN = 0.2;

    /** A shared facet is worth this much cosine. */
    private static final double SAME_FACET_BONUS = 0.1;

    /** A stated need is a better reason than a trait that was once praised; worth this much cosine. */
    private static final double NEED_BONUS = 0.2;

    /** How far the weights can lift a pair, in cosine. */
    private static final double WEIGHT_BONUS_MAX = 0.15;

    /**
     * Finds the reasons for one item.
     *
     * @param user the user's profile, if there is one
     * @param item the item's profile
     * @param summands by the ids of the user's motives: what each adds to the item's score
     * @param facet the only kind of reason that is asked for; empty for any
     * @return at most {@link #REASONS_MAX}, best first; without anything known of the user, what others praise most
     */
    public List<Reason> reasonsFor(
            Optional<Profile> user, Profile item, Map<String, Double> summands, Optional<Facet> facet) {
        String userId = user.map(profile -> profile.key().id()).orElse("");
        List<ProfileMotivation> traits = item.motivations().stream()
                .filter(trait -> trait.side() == Side.ITEM && trait.polarity() == Polarity.POSITIVE)
                .filter(trait -> quoteNotBy(userId, trait).isPresent())
                .filter(trait -> facet.isEmpty() || facet.get().equals(trait.facet()))
                .toList();
        List<Pair> pairs = new ArrayList<>();
        user.ifPresent(profile -> profile.motivations().stream()
                .filter(want -> summands.getOrDefault(want.id(), 0.0) > SHARE_MIN)
                .forEach(want -> traits.forEach(
                        trait -> Pair.of(want, summands.get(want.id()), trait).ifPresent(pairs::add))));
        List<Reason> reasons =
                distinct(pairs).stream().map(pair -> pair.toReason(userId)).toList();
        return reasons.isEmpty() ? praised(traits, userId) : reasons;
    }

    /** The best pairs that share no motivation; one of each facet first, for two praises of the price say no more. */
    private static List<Pair> distinct(List<Pair> pairs) {
        pairs.sort(Comparator.comparingDouble(Pair::worth).reversed());
        List<Pair> best = new ArrayList<>();
        take(best, pairs, Pair::sharesFacetWith);
        take(best, pairs, Pair::sharesMotivationWith);
        return best;
    }

    private static void take(List<Pair> best, List<Pair> pairs, BiPredicate<Pair, Pair> excludes) {
        for (Pair pair : pairs) {
            if (best.size() == REASONS_MAX) {
                return;
            }
            if (best.stream().noneMatch(taken -> excludes.test(pair, taken))) {
                best.add(pair);
            }
        }
    }

    private static List<Reason> praised(List<ProfileMotivation> traits, String userId) {
        return traits.stream()
                .limit(1)
                .map(trait -> {
                    Quote quote = quoteNotBy(userId, trait).orElseThrow();
                    String sentence = "others like it: “" + quote.text() + "”";
                    return new Reason(trait.facet(), sentence, null, null, null, said(trait, quote));
                })
                .toList();
    }

    private static Optional<Quote> quoteNotBy(String userId, ProfileMotivation motivation) {
        return motivation.quotes().stream()
                .filter(quote -> !quote.userId().equals(userId))
                .findFirst();
    }

    private static Said said(ProfileMotivation motivation, Quote quote) {
        return new Said(motivation.id(), motivation.statement(), motivation.polarity(), motivation.support(), quote);
    }

    /** What a user wants beside what an item offers. */
    private record Pair(ProfileMotivation want, double share, ProfileMotivation trait, double cosine) {

        static Optional<Pair> of(ProfileMotivation want, double share, ProfileMotivation trait) {
            if (want.vector() == null || trait.vector() == null || want.quotes().isEmpty()) {
                return Optional.empty();
            }
            double cosine = want.vector().dot(trait.vector());
            double cosineMin = want.facet().equals(trait.facet()) ? COSINE_SAME_FACET_MIN : COSINE_MIN;
            return cosine < cosineMin ? Optional.empty() : Optional.of(new Pair(want, share, trait, cosine));
        }

        boolean sharesFacetWith(Pair other) {
            return trait.facet().equals(other.trait.facet()) || sharesMotivationWith(other);
        }

        boolean sharesMotivationWith(Pair other) {
            return want.equals(other.want) || trait.equals(other.trait);
        }

        double worth() {
            double weight = Math.min(1, want.weight()) * Math.min(1, trait.weight());
            return cosine
                    + (want.facet().equals(trait.facet()) ? SAME_FACET_BONUS : 0)
                    + (want.side() == Side.USER ? NEED_BONUS : 0)
                    + WEIGHT_BONUS_MAX * weight;
        }

        Reason toReason(String userId) {
            Quote own = want.quotes().get(0);
            Quote others = quoteNotBy(userId, trait).orElseThrow();
            String sentence = "matches what you wrote: “" + own.text() + "”; others say: “" + others.text() + "”";
            return new Reason(trait.facet(), sentence, cosine, share, said(want, own), said(trait, others));
        }
    }
}
