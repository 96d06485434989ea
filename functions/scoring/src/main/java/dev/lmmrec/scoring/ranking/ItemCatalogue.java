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

/** The items of an artefact by id and by the kind of thing they are. */
final class ItemCatalogue {

    private final List<String> ids;
    private final List<List<String>> kinds;
    private final Map<String, Integer> indices;
    private final Map<String, BitSet> byKind = new HashMap<>();

    ItemCatalogue(Artefact artefact) throws IOException {
        this.ids = artefact.items();
        this.kinds = artefact.itemKinds();
        this.indices = indices(ids);
        for (int item = 0; item < kinds.size(); item++) {
            for (String word : kinds.get(item)) {
                byKind.computeIfAbsent(word.toLowerCase(Locale.ROOT), key -> new BitSet())
                        .set(item);
            }
        }
    }

    static Map<String, Integer> indices(List<String> ids) {
        Map<String, Integer> indices = new HashMap<>(ids.size() * 2);
        for (int i = 0; i < ids.size(); i++) {
            indices.put(ids.get(i), i);
        }
        return indices;
    }

    String id(int item) {
        return ids.get(item);
    }

    List<String> kinds(int item) {
        return kinds.get(item);
    }

    OptionalInt index(String id) {
        Integer index = indices.get(id);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    int size() {
        return ids.size();
    }

    /** Those of some items that the artefact knows. */
    BitSet items(Collection<String> some) {
        BitSet found = new BitSet(ids.size());
        some.forEach(id -> index(id).ifPresent(found::set));
        return found;
    }

    /** All items of which a word for their kind is one of some words, in any case. */
    BitSet ofKinds(Collection<String> words) {
        BitSet found = new BitSet(ids.size());
        words.forEach(word -> found.or(byKind.getOrDefault(word.toLowerCase(Locale.ROOT), new BitSet())));
        return found;
    }
}
