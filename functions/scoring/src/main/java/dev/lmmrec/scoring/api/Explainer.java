package dev.lmmrec.scoring.api;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.reason.ItemSide;
import dev.lmmrec.scoring.observation.RequestTrace;
import dev.lmmrec.scoring.observation.Stage;
import dev.lmmrec.scoring.ranking.Ranker;
import dev.lmmrec.scoring.ranking.Ranking;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.reason.ItemProfiles;
import dev.lmmrec.scoring.reason.ReasonFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the reasons beside ranked items. */
final class Explainer {

    private final ItemProfiles profiles;
    private final RequestTrace trace;

    Explainer(ItemProfiles profiles, RequestTrace trace) {
        this.profiles = profiles;
        this.trace = trace;
    }

    /** The items of a ranking, by what its artefact knows of reasons; the profiles of all of them are read at once. */
    List<Recommendations.Item> explain(Ranker ranker, Optional<Profile> user, Ranking ranking, Optional<Facet> facet) {
        trace.ranked(ranking);
        return trace.time(Stage.REASONS, () -> explained(ranker, user, ranking, facet));
    }

    private List<Recommendations.Item> explained(
            Ranker ranker, Optional<Profile> user, Ranking ranking, Optional<Facet> facet) {
        ReasonFinder reasons = new ReasonFinder(ranker.reasons(), user);
        ItemProfiles.Found found = profiles.findAll(ranking.items().stream()
                .map(ranked -> ProfileKey.item(ranked.itemId()))
                .toList());
        trace.profiles(found.kept(), found.read());
        Map<ProfileKey, ItemSide> items = found.byKey();
        List<Recommendations.Item> explained = new ArrayList<>();
        for (Ranked ranked : ranking.items()) {
            Optional<ItemSide> item = Optional.ofNullable(items.get(ProfileKey.item(ranked.itemId())));
            explained.add(new Recommendations.Item(
                    explained.size() + 1,
                    ranked.itemId(),
                    // and not the profile's, which may be newer than what conditions went by
                    ranked.kind(),
                    ranked.score(),
                    ranked.parts(),
                    item.map(known -> reasons.reasonsFor(known, ranked.summands(), facet))
                            .orElse(List.of())));
        }
        return explained;
    }
}
