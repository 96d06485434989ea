package dev.lmmrec.scoring.ranking;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.vector.DenseVector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An item that came after training, as far as ranking must know it.
 *
 * @param itemId the item
 * @param kind words for the kind of thing it is, possibly none
 * @param text the sentence vector of its profile, {@code [384]}
 */
public record Arrived(String itemId, List<String> kind, DenseVector text) {

    /** Copies the words. */
    public Arrived {
        Objects.requireNonNull(text, "text");
        kind = List.copyOf(kind);
    }

    /**
     * Takes an item off its profile.
     *
     * @param profile of an item
     * @return the item; empty if nothing of it has been encoded
     */
    public static Optional<Arrived> of(Profile profile) {
        return Optional.ofNullable(profile.textVector())
                .map(text -> new Arrived(profile.key().id(), profile.kind(), text));
    }
}
