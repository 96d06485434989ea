package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Chooses the reasons for an item: of what pleased others in it, the statements that the user would likeliest say too,
 * each beside the motive of the user that it answers. Only a motive that raises the item's score is named, so that
 * every reason bears on the ranking it explains. Safe for use by several threads.
 */
public final class ReasonChoice {

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
    private static final double NEED_BONUS = 0.1;

    /** What the motive that raises the score most is worth, in cosine; others in proportion. */
    private static final double SHARE_BONUS = 0.2;

    private final StatementRanking ranking;

    /**
     * Takes what was learnt.
     *
     * @param weights the artefact's
     */
    public ReasonChoice(StatementWeights weights) {
        this.ranking = new StatementRanking(weights);
    }

    /**
     * One reason.
     *
     * @param statement what others say of the item
     * @param match what of the user it answers; empty if nothing of the user raises the score and is near enough
     */
    public record Chosen(ProfileMotivation statement, Optional<Match> match) {}

    /**
     * A motive that a statement answers.
     *
     * @param motive the user's
     * @param cosine how near the two statements are in meaning
     * @param share how much of the item's score the motive makes up
     */
    public record Match(ProfileMotivation motive, double cosine, double share) {}

    /**
     * Begins with a user; what the profile alone says is looked at once for all items.
     *
     * @param user the user's profile, if there is one
     * @return chooses for this user
     */
    public ForUser forUser(Optional<Profile> user) {
        return new ForUser(ranking, new UserSide(user));
    }

    /** Chooses the reasons of one user. */
    public static final class ForUser {

        private final StatementRanking ranking;
        private final UserSide user;

        private ForUser(StatementRanking ranking, UserSide user) {
            this.ranking = ranking;
            this.user = user;
        }

        /**
         * Chooses.
         *
         * @param item the item, looked at
         * @param summands by the ids of the user's motives: what each adds to the item's score
         * @param facet the only kind of reason that is asked for; empty for any
         * @return at most {@link #REASONS_MAX} with a match, of different motives and as far as possible of different
         *     facets; without any match at most one, of what others praise
         */
        public List<Chosen> of(ItemSide item, Map<String, Double> summands, Optional<Facet> facet) {
            List<ProfileMotivation> statements = ranking.order(user, item).stream()
                    .filter(statement -> facet.isEmpty() || facet.get().equals(statement.facet()))
                    .toList();
            List<UserSide.Named> motives = user.motives().stream()
                    .filter(motive -> summands.getOrDefault(motive.id(), 0.0) > SHARE_MIN)
                    .toList();
            List<Chosen> chosen = matched(statements, motives, summands);
            return chosen.isEmpty()
                    ? statements.stream()
                            .limit(1)
                            .map(statement -> new Chosen(statement, Optional.empty()))
                            .toList()
                    : chosen;
        }
    }

    /**
     * The first pairs that share no motivation; one of each facet first, for two praises of the price say no more. Most
     * often the first few statements have them, and the others are not looked at.
     */
    private static List<Chosen> matched(
            List<ProfileMotivation> statements, List<UserSide.Named> motives, Map<String, Double> summands) {
        double largest = motives.stream()
                .mapToDouble(motive -> summands.get(motive.id()))
                .max()
                .orElse(1);
        List<Pair> best = new ArrayList<>();
        List<Pair> all = new ArrayList<>();
        for (ProfileMotivation statement : statements) {
            List<Pair> pairs = motives.stream()
                    .map(motive -> Pair.of(statement, motive.motive(), summands.get(motive.id()), largest))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingDouble(Pair::worth).reversed())
                    .toList();
            take(best, pairs, Pair::sharesFacetWith);
            if (best.size() == REASONS_MAX) {
                break;
            }
            all.addAll(pairs);
        }
        take(best, all, Pair::sharesMotivationWith);
        return best.stream()
                .map(pair -> new Chosen(pair.statement, Optional.of(new Match(pair.motive, pair.cosine, pair.share))))
                .toList();
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

    /** What an item offers beside what a user wants. */
    private record Pair(
            ProfileMotivation statement, ProfileMotivation motive, double cosine, double share, double worth) {

        static Optional<Pair> of(
                ProfileMotivation statement, ProfileMotivation motive, double share, double largestShare) {
            boolean sameFacet = motive.facet().equals(statement.facet());
            double cosine = motive.vector().dot(statement.vector());
            return cosine < (sameFacet ? COSINE_SAME_FACET_MIN : COSINE_MIN)
                    ? Optional.empty()
                    : Optional.of(new Pair(
                            statement,
                            motive,
                            cosine,
                            share,
                            cosine
                                    + (sameFacet ? SAME_FACET_BONUS : 0)
                                    + (motive.side() == Side.USER ? NEED_BONUS : 0)
                                    + SHARE_BONUS * share / largestShare));
        }

        boolean sharesFacetWith(Pair other) {
            return statement.facet().equals(other.statement.facet()) || sharesMotivationWith(other);
        }

        boolean sharesMotivationWith(Pair other) {
            return motive.equals(other.motive) || statement.equals(other.statement);
        }
    }
}
