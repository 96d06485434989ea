package dev.lmmrec.training.run;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.reason.FacetStrengths;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.HistoryVectors;
import dev.lmmrec.training.export.ServingModel;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.run.Comparison.Outcome;
import dev.lmmrec.training.text.ReviewTexts;
import dev.lmmrec.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trained model as serving would have it, of all rows or of those that may be looked at. */
public final class ServedState {

    private ServedState() {}

    /**
     * Puts it together.
     *
     * @param dataset says which users and items there are
     * @param interactions what users met, of which popularity is counted
     * @param allText the reviews' text, if there is any
     * @param profiles the items' profiles give their kinds
     * @param trained the model
     * @param outcome the weights that were chosen
     * @param settings the shape of the run
     * @param statements what was learnt of the order of statements
     * @return all that serving needs
     */
    public static ServingModel of(
            Dataset dataset,
            Interactions interactions,
            Optional<ReviewTexts> allText,
            Map<ProfileKey, Profile> profiles,
            Trained trained,
            Outcome outcome,
            Settings settings,
            StatementWeights statements) {
        List<Float> popularity = new ArrayList<>();
        for (float p : Popularity.of(interactions)) {
            popularity.add(p);
        }
        TextSides text = allText.map(ReviewTexts::sides).orElseGet(() -> TextSides.of(dataset, Map.of()));
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            // without an encoder that was trained an untrained one keeps the contract; its weight in the fusion is 0
            TextEncoder encoder = trained.encoder()
                    .map(weights -> new TextEncoder(text, weights, manager))
                    .orElseGet(() -> new TextEncoder(text, settings.width(), settings.seed(), manager));
            Known known = Known.of(trained, outcome.known());
            return new ServingModel(
                    dataset.users(),
                    dataset.items(),
                    dataset.items().stream()
                            .map(item -> Optional.ofNullable(profiles.get(ProfileKey.item(item)))
                                    .map(Profile::kind)
                                    .orElse(List.of()))
                            .toList(),
                    dataset.items().stream()
                            .map(item -> Optional.ofNullable(profiles.get(ProfileKey.item(item)))
                                    .map(FacetStrengths::of)
                                    .orElse(Map.of()))
                            .toList(),
                    known.rows(),
                    known.words(),
                    known.common(),
                    encoder.vectors().centred(),
                    popularity,
                    encoder.weights(),
                    new Manifest.Fusion(known.weights(), outcome.history(), outcome.textOnly()),
                    interactions,
                    HistoryVectors.fit(
                            interactions,
                            known.rows(),
                            known.rows().width() - known.common(),
                            outcome.historyRidge(),
                            user -> true),
                    statements);
        }
    }
}
