package dev.lmmrec.scoring.ranking;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.DamagedArtefactException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of an artefact by how strongly they speak for a kind of reason. */
final class FacetOrder {

    private final Map<String, List<Strong>> byFacet = new HashMap<>();

    /** An item by index. */
    record Strong(int item, double strength) {}

    FacetOrder(Artefact artefact) throws IOException, DamagedArtefactException {
        List<Map<String, Double>> items = artefact.itemFacets();
        Map<String, List<Strong>> found = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            int item = i;
            items.get(item).forEach((facet, strength) -> found.computeIfAbsent(facet, name -> new ArrayList<>())
                    .add(new Strong(item, strength)));
        }
        found.forEach((facet, strong) -> byFacet.put(
                facet,
                strong.stream()
                        .sorted(Comparator.comparingDouble(Strong::strength)
                                .reversed()
                                .thenComparing(Strong::item))
                        .toList()));
    }

    /** The strongest first; of equal ones the more popular first. */
    List<Strong> of(Facet facet) {
        return byFacet.getOrDefault(facet.name(), List.of());
    }
}
