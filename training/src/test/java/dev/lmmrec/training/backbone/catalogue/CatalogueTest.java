package dev.lmmrec.training.backbone.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.Recipe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private final Catalogue catalogue = new Catalogue();

    @Test
    void everyRecipe_madeWithItsDefaults_bearsItsName() {
        assertThat(catalogue.recipes())
                .allSatisfy(recipe -> assertThat(recipe.make(Map.of()).name()).isEqualTo(recipe.name()))
                .extracting(Recipe::name)
                .contains("popularity", "item-knn", "ease", "slim", "gf-cf", "lightgcn");
    }

    @Test
    void unknownName_isRefusedNamingThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalogue.recipe("eaze"))
                .withMessageContaining("eaze")
                .withMessageContaining("ease-normalised");
    }

    @Test
    void twoRecipesOfOneName_areRefused() {
        Recipe<Backbone> floor = new Recipe<>("popularity", List.of(), values -> new Popularity());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Catalogue(List.of(floor, floor)))
                .withMessageContaining("popularity");
    }
}
