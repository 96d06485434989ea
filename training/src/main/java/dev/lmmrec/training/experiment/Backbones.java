package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a configuration may call a backbone: those of the catalogue, and mixtures of them. */
final class Backbones {

    private final Catalogue catalogue;

    Backbones(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Scores that were found already, for whoever wants to put something around them. */
    private record Solved(String name, Scorer scorer) implements Backbone.ClosedForm {

        @Override
        public Scorer fit(Interactions train) {
            return scorer;
        }
    }

    /**
     * What can be set.
     *
     * @param name of a backbone
     * @return nothing for a mixture
     * @throws IllegalArgumentException if there is no such backbone, naming those there are
     */
    List<Setting> settings(String name) {
        if (Mixture.named(name).isPresent()) {
            return List.of();
        }
        if (catalogue.recipes().stream().noneMatch(recipe -> recipe.name().equals(name))) {
            throw new IllegalArgumentException("there is no backbone " + name + "; there are "
                    + Stream.concat(
                                    catalogue.recipes().stream().map(recipe -> recipe.name()),
                                    Stream.of(Mixture.values()).map(Mixture::toString))
                            .collect(Collectors.joining(", ")));
        }
        return catalogue.recipe(name).settings();
    }

    /**
     * A backbone with its defaults, to ask what goes with it.
     *
     * @param name of a backbone
     * @return the backbone; not to be fitted if it stands for a mixture
     */
    Backbone sample(String name) {
        return Mixture.named(name).isPresent()
                ? new Solved(name, (user, scores) -> {
                    throw new IllegalStateException(name + " was not fitted");
                })
                : catalogue.recipe(name).make(Map.of());
    }

    /**
     * A backbone that is no mixture.
     *
     * @param choice its settings
     * @return the backbone
     */
    Backbone of(Choice choice) {
        return catalogue.recipe(choice.backbone()).make(choice.backboneSettings());
    }

    /**
     * A mixture that was fitted, as a closed form.
     *
     * @param name of the mixture
     * @param fitted its scores
     * @return a backbone whose fit gives these scores, whatever the interactions
     */
    Backbone solved(String name, Fitted fitted) {
        return new Solved(name, fitted.scorer());
    }
}
