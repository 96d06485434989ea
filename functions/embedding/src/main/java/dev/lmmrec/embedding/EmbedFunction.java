package dev.lmmrec.embedding;

import dev.lmmrec.embedding.event.StreamEvent;
import dev.lmmrec.embedding.event.StreamResponse;
import dev.lmmrec.embedding.profile.ProfileUpdate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** The Lambda handler: changed motivations in, updated profiles out. */
public final class EmbedFunction {

    private final ProfileUpdate profiles;

    /**
     * Made by the container.
     *
     * @param profiles does the work
     */
    @Inject
    public EmbedFunction(ProfileUpdate profiles) {
        this.profiles = profiles;
    }

    /**
     * Embeds the changed reviews and updates the profiles they touch.
     *
     * @param event a batch of stream records
     * @return the records that must be delivered again
     */
    @Funq
    public StreamResponse embed(StreamEvent event) {
        return StreamResponse.failing(profiles.apply(event.changes()));
    }
}
