package dev.lmmrec.training.explanation;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.reason.ItemSide;
import dev.lmmrec.core.reason.ReasonChoice;
import dev.lmmrec.core.reason.ReasonChoice.Match;
import dev.lmmrec.core.reason.Want;
import dev.lmmrec.models.FusedQuery;
import dev.lmmrec.models.FusedQuery.Motive;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.export.ServingModel;
import dev.lmmrec.training.text.AlignedMotives;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Whether reasons bear on the ranking they explain: the best items of each user are ranked and explained as serving
 * does it, and then ranked again without the one motive that a reason names.
 */
public final class Faithfulness {

    /** Explained items a user. */
    private static final int ITEMS = 10;

    private final ServingModel model;
    private final AlignedMotives motives;
    private final Map<ProfileKey, Profile> profiles;
    private final Interactions seen;
    private final ReasonChoice reasons;
    private final Map<ProfileKey, ItemSide> items = new ConcurrentHashMap<>();
    private final float[][] rows;

    /**
     * Takes what serving would have.
     *
     * @param model the model
     * @param motives the users' motives as its text encoder sees them
     * @param profiles of users and items
     * @param seen the items that are not recommended
     */
    public Faithfulness(
            ServingModel model, AlignedMotives motives, Map<ProfileKey, Profile> profiles, Interactions seen) {
        this.model = model;
        this.motives = motives;
        this.profiles = profiles;
        this.seen = seen;
        this.reasons = new ReasonChoice(model.statements());
        this.rows = IntStream.range(0, model.items().size())
                .mapToObj(model::itemRow)
                .toArray(float[][]::new);
    }

    /**
     * How much motives weigh.
     *
     * @return in words
     */
    public String weights() {
        return "motives weigh " + model.fusion().known().motives() + " for known users, "
                + model.fusion().textOnly().motives() + " by words alone";
    }

    /**
     * What was counted.
     *
     * @param items the explained items
     * @param withReason those of them for which a reason names a motive of the user
     * @param reasons the reasons that name a motive
     * @param lowerScore those without whose motive the item's score is lower
     * @param lowerRank those without whose motive the item also falls behind another
     */
    public record Count(int items, int withReason, int reasons, int lowerScore, int lowerRank) {

        /** Nothing yet. */
        public static final Count NONE = new Count(0, 0, 0, 0, 0);

        /**
         * Adds up.
         *
         * @param other another count
         * @return the sums
         */
        public Count plus(Count other) {
            return new Count(
                    items + other.items,
                    withReason + other.withReason,
                    reasons + other.reasons,
                    lowerScore + other.lowerScore,
                    lowerRank + other.lowerRank);
        }
    }

    /**
     * Explains the best items of some users.
     *
     * @param users their indices
     * @param known whether the users' rows in the model take part; without, they are ranked by words alone
     * @return the counts
     */
    public Count of(int[] users, boolean known) {
        return IntStream.of(users).parallel().mapToObj(user -> of(user, known)).reduce(Count.NONE, Count::plus);
    }

    private Count of(int user, boolean known) {
        Optional<Profile> profile =
                Optional.ofNullable(profiles.get(ProfileKey.user(model.users().get(user))));
        if (profile.isEmpty()) {
            return Count.NONE;
        }
        FusedQuery query = query(user, profile.get(), known);
        double[] scores = scores(query);
        ReasonChoice.ForUser choice = reasons.forUser(profile);
        Count count = Count.NONE;
        for (int item : best(user, scores)) {
            ItemSide about = looked(item);
            List<Match> named = about == null
                    ? List.of()
                    : choice.of(about, query.summands(rows[item]), Optional.empty()).stream()
                            .flatMap(chosen -> chosen.match().stream())
                            .toList();
            count = count.plus(explained(user, profile.get(), item, named, scores, known));
        }
        return count;
    }

    /** Null without a profile. */
    private ItemSide looked(int item) {
        return items.computeIfAbsent(ProfileKey.item(model.items().get(item)), key -> {
            Profile profile = profiles.get(key);
            return profile == null ? null : new ItemSide(profile);
        });
    }

    private Count explained(int user, Profile profile, int item, List<Match> named, double[] scores, boolean known) {
        int lowerScore = 0;
        int lowerRank = 0;
        for (Match match : named) {
            double[] without = scores(
                    query(user, profile.withoutMotivations(Set.of(match.motive().id())), known));
            lowerScore += without[item] < scores[item] ? 1 : 0;
            lowerRank += ahead(without, item) > ahead(scores, item) ? 1 : 0;
        }
        return new Count(1, named.isEmpty() ? 0 : 1, named.size(), lowerScore, lowerRank);
    }

    private FusedQuery query(int user, Profile profile, boolean known) {
        Map<String, float[]> aligned = new HashMap<>();
        motives.of(user).forEach(motive -> aligned.put(motive.id(), motive.aligned()));
        Weights weights = known ? model.fusion().known() : model.fusion().textOnly();
        return FusedQuery.of(
                model.dims(),
                weights,
                Optional.of(model.known().user(user)).filter(row -> known),
                Optional.of(model.aligned().user(user)),
                Want.of(profile, Optional.empty()).stream()
                        .map(want -> new Motive(
                                want.motive().id(),
                                want.weight(),
                                aligned.get(want.motive().id())))
                        .toList());
    }

    private double[] scores(FusedQuery query) {
        float[] vector = query.vector();
        double[] scores = new double[rows.length];
        for (int item = 0; item < scores.length; item++) {
            for (int k = 0; k < vector.length; k++) {
                scores[item] += (double) vector[k] * rows[item][k];
            }
        }
        return scores;
    }

    private int[] best(int user, double[] scores) {
        return IntStream.range(0, scores.length)
                .filter(item -> !seen.contains(user, item))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -scores[item])
                        .thenComparing(model.items()::get))
                .limit(ITEMS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static long ahead(double[] scores, int item) {
        double own = scores[item];
        int ahead = 0;
        for (double score : scores) {
            ahead += score > own ? 1 : 0;
        }
        return ahead;
    }
}
