package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.Artefact;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Items by id and by the kind of thing they are: those of an artefact, and behind them those that came after training.
 */
final class ItemCatalogue {

    private final List<String> ids;
    private final List<List<String>> kinds;
    private final Map<String, Integer> indices;
    private final Map<String, BitSet> byKind;
    private final List<Arrived> arrived;
    private final Map<String, Integer> arrivedIndices;

    ItemCatalogue(Artefact artefact) throws IOException {
        this.ids = artefact.items();
        this.kinds = artefact.itemKinds();
        this.indices = indices(ids);
        this.byKind = new HashMap<>();
        for (int item = 0; item < kinds.size(); item++) {
            for (String word : kinds.get(item)) {
                byKind.computeIfAbsent(word.toLowerCase(Locale.ROOT), key -> new BitSet())
                        .set(item);
            }
        }
        this.arrived = List.of();
        this.arrivedIndices = Map.of();
    }

    private ItemCatalogue(ItemCatalogue trained, List<Arrived> arrived) {
        this.ids = trained.ids;
        this.kinds = trained.kinds;
        this.indices = trained.indices;
        this.byKind = trained.byKind;
        this.arrived = List.copyOf(arrived);
        this.arrivedIndices = new HashMap<>();
        this.arrived.forEach(item -> arrivedIndices.put(item.itemId(), ids.size() + arrivedIndices.size()));
    }

    /** The same artefact's items with others behind them, which must be none of them. */
    ItemCatalogue with(List<Arrived> others) {
        return new ItemCatalogue(this, others);
    }

    static Map<String, Integer> indices(List<String> ids) {
        Map<String, Integer> indices = new HashMap<>(ids.size() * 2);
        for (int i = 0; i < ids.size(); i++) {
            indices.put(ids.get(i), i);
        }
        return indices;
    }

    String id(int item) {
        return item < ids.size()
                ? ids.get(item)
                : arrived.get(item - ids.size()).itemId();
    }

    List<String> kinds(int item) {
        return item < ids.size()
                ? kinds.get(item)
                : arrived.get(item - ids.size()).kind();
    }

    OptionalInt index(String id) {
        Integer index = indices.get(id);
        if (index == null) {
            index = arrivedIndices.get(id);
        }
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** How many there are of both. */
    int size() {
        return ids.size() + arrived.size();
    }

    /** How many are the artefact's: their indices come first. */
    int trained() {
        return ids.size();
    }

    /** Those of some items that are known here. */
    BitSet items(Collection<String> some) {
        BitSet found = new BitSet(size());
        some.forEach(id -> index(id).ifPresent(found::set));
        return found;
    }

    /** All items of which a word for their kind is one of some words, in any case. */
    BitSet ofKinds(Collection<String> words) {
        BitSet found = new BitSet(size());
        words.forEach(word -> {
            found.or(byKind.getOrDefault(word.toLowerCase(Locale.ROOT), new BitSet()));
            for (int i = 0; i < arrived.size(); i++) {
                if (arrived.get(i).kind().stream().anyMatch(word::equalsIgnoreCase)) {
                    found.set(ids.size() + i);
                }
            }
        });
        return found;
    }
}
