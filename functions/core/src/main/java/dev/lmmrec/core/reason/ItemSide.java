package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.vector.DenseVector;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an item's profile alone says of its statements; the same for every user, so that it can be kept. */
public final class ItemSide {

    /** Two statements of one facet that are at least so near count as the same reason, a little less near as akin. */
    private static final double SAME_COSINE_MIN = 0.6;

    private static final double NEAR_COSINE_MIN = 0.45;

    private final Profile item;
    private final List<ProfileMotivation> all;
    private final double support;
    private final Map<Facet, Double> facets;
    private final IdentityHashMap<ProfileMotivation, double[]> features = new IdentityHashMap<>();

    /**
     * Looks at a profile.
     *
     * @param item the item's profile
     */
    public ItemSide(Profile item) {
        this.item = item;
        this.all = item.motivations().stream()
                .filter(motivation -> motivation.vector() != null)
                .toList();
        this.support = Math.max(1, support(all));
        this.facets = byFacet(all);
        all.forEach(statement -> features.put(statement, look(statement)));
    }

    static double support(List<ProfileMotivation> motivations) {
        return motivations.stream().mapToInt(ProfileMotivation::support).sum();
    }

    static Map<Facet, Double> byFacet(List<ProfileMotivation> motivations) {
        return motivations.stream()
                .collect(Collectors.groupingBy(
                        ProfileMotivation::facet, Collectors.summingDouble(ProfileMotivation::support)));
    }

    /**
     * What was looked at.
     *
     * @return the item's profile
     */
    public Profile item() {
        return item;
    }

    /** The part of all that is said of the item that is of a facet. */
    double shareOf(Facet facet) {
        return facets.getOrDefault(facet, 0.0) / support;
    }

    /** The first of {@link StatementFeatures#NAMES} for one of this very profile's motivations with a vector. */
    double[] of(ProfileMotivation statement) {
        double[] own = features.get(statement);
        if (own == null) {
            throw new IllegalArgumentException("no statement of " + item.key() + ": " + statement.statement());
        }
        return own;
    }

    private double[] look(ProfileMotivation statement) {
        double alike = 0;
        double same = 0;
        double near = 0;
        for (ProfileMotivation other : all) {
            double cosine = other.vector().dot(statement.vector());
            alike += other.equals(statement) ? 0 : other.support() * Math.max(0, cosine);
            if (other.side() == Side.ITEM && other.facet().equals(statement.facet())) {
                same += cosine >= SAME_COSINE_MIN ? other.support() : 0;
                near += cosine >= NEAR_COSINE_MIN ? other.support() : 0;
            }
        }
        DenseVector text = item.textVector();
        return new double[] {
            Math.log(statement.support()),
            (double) statement.support() / Math.max(1, item.reviewCount()),
            statement.weight(),
            statement.strength(),
            statement.confidence(),
            Math.log(1 + statement.statement().split("\\s+", -1).length),
            alike / support,
            Math.log1p(same),
            Math.log1p(near),
            shareOf(statement.facet()),
            text == null ? 0 : text.dot(statement.vector())
        };
    }
}
