package dev.lmmrec.scoring.api;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.scoring.ranking.Ranking;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.reason.ReasonFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the reasons beside ranked items. */
final class Explainer {

    private final ProfileStore profiles;
    private final ReasonFinder reasons;

    Explainer(ProfileStore profiles, ReasonFinder reasons) {
        this.profiles = profiles;
        this.reasons = reasons;
    }

    /** The items of a ranking; the profiles of all of them are read at once. */
    List<Recommendations.Item> explain(Optional<Profile> user, Ranking ranking, Optional<Facet> facet) {
        Map<ProfileKey, Profile> items = profiles.findAll(ranking.items().stream()
                .map(ranked -> ProfileKey.item(ranked.itemId()))
                .toList());
        List<Recommendations.Item> explained = new ArrayList<>();
        for (Ranked ranked : ranking.items()) {
            Optional<Profile> item = Optional.ofNullable(items.get(ProfileKey.item(ranked.itemId())));
            explained.add(new Recommendations.Item(
                    explained.size() + 1,
                    ranked.itemId(),
                    // the profile is newer than the artefact
                    item.map(Profile::kind).orElse(ranked.kind()),
                    ranked.score(),
                    ranked.parts(),
                    item.map(profile -> reasons.reasonsFor(user, profile, ranked.summands(), facet))
                            .orElse(List.of())));
        }
        return explained;
    }
}
