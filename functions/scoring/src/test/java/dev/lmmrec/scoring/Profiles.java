package dev.lmmrec.scoring;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import dev.lmmrec.core.vector.DenseVector;
import java.util.Arrays;
import java.util.List;

/** Profiles for tests. */
public final class Profiles {

    private Profiles() {}

    /** A sentence vector that starts with the given components and is zero after. */
    public static DenseVector vector(float... start) {
        return DenseVector.of(Arrays.copyOf(start, HandMadeArtefact.TEXT_WIDTH));
    }

    /** A profile with the given counterparts, motivations and text vector. */
    public static Profile profile(
            ProfileKey key, List<String> counterparts, DenseVector text, ProfileMotivation... motivations) {
        List<Interaction> interactions = counterparts.stream()
                .map(counterpart -> new Interaction(key.id() + "-" + counterpart, counterpart, 4, 1_700_000_000L))
                .toList();
        return new Profile(
                key,
                interactions.size(),
                4,
                interactions,
                key.side() == Side.ITEM ? List.of("gear") : List.of(),
                List.of(motivations),
                "",
                text,
                null,
                null,
                0);
    }

    /** A motivation given once. */
    public static ProfileMotivation motivation(
            Side side, Facet facet, Polarity polarity, String statement, String author, DenseVector vector) {
        return new ProfileMotivation(
                side,
                facet,
                polarity,
                statement,
                1,
                0.8,
                0.9,
                1_700_000_000L,
                List.of(new Quote("review-by-" + author, author, "some-item", statement + ", says " + author)),
                vector);
    }
}
