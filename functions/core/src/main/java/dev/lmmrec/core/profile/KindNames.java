package dev.lmmrec.core.profile;

import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.atteo.evo.inflector.English;

/**
 * What an item is called, when several names are one: singular and plural (string, strings), spellings that differ in
 * blanks and hyphens (t-shirt, t shirt), and, where their meanings are known, names that mean the same (mic,
 * microphone). The name that most reviews use speaks for all, and every review that uses any of them counts.
 */
final class KindNames {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s-]+");

    /**
     * From this cosine on two names mean one kind of thing. Of 43 pairs looked at beforehand all that reached it were
     * names of one thing (mic and microphone 0.85, sofa and couch 0.84), and none of the near misses did (jacket and
     * coat 0.77, drum and drumsticks 0.65, guitar and bass 0.60).
     */
    private static final double SAME_KIND_COSINE_MIN = 0.8;

    /** Only the most frequent names are looked up: what is rare is not shown anyway. */
    private static final int LOOKED_UP_MAX = 24;

    private final Meanings meanings;

    KindNames(Meanings meanings) {
        this.meanings = meanings;
    }

    /**
     * Brings names together.
     *
     * @param reviewsByName the ids of the reviews that use a name, by name
     * @return one name for each kind of thing with the reviews that use any of its names, most used first
     */
    List<Kind> together(Map<String, Set<String>> reviewsByName) {
        List<Kind> alike = new ArrayList<>();
        Map<String, Kind> byWriting = new HashMap<>();
        for (Map.Entry<String, Set<String>> entry : mostUsedFirst(reviewsByName)) {
            Kind kind = writings(entry.getKey()).stream()
                    .map(byWriting::get)
                    .filter(found -> found != null)
                    .findFirst()
                    .orElseGet(() -> {
                        Kind made = new Kind(entry.getKey(), new HashSet<>());
                        alike.add(made);
                        return made;
                    });
            kind.reviews().addAll(entry.getValue());
            writings(entry.getKey()).forEach(writing -> byWriting.putIfAbsent(writing, kind));
        }
        alike.sort(MOST_USED_FIRST);
        return sameMeaning(alike);
    }

    private static List<Map.Entry<String, Set<String>>> mostUsedFirst(Map<String, Set<String>> reviewsByName) {
        return reviewsByName.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Set<String>> entry) ->
                                entry.getValue().size())
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** A name without what only its spelling is, and its plural: two names are one if they share either. */
    private static List<String> writings(String name) {
        return List.of(
                BETWEEN_WORDS.matcher(name).replaceAll(""),
                BETWEEN_WORDS.matcher(English.plural(name)).replaceAll(""));
    }

    private List<Kind> sameMeaning(List<Kind> kinds) {
        if (kinds.size() < 2) {
            return kinds;
        }
        List<Kind> apart = new ArrayList<>();
        Map<Kind, DenseVector> directions = new HashMap<>();
        for (int i = 0; i < kinds.size(); i++) {
            Kind kind = kinds.get(i);
            Optional<DenseVector> direction = i < LOOKED_UP_MAX ? meanings.of(kind.name()) : Optional.empty();
            Optional<Kind> same = direction.flatMap(own -> nearest(own, apart, directions));
            if (same.isPresent()) {
                same.get().reviews().addAll(kind.reviews());
            } else {
                Kind own = new Kind(kind.name(), new HashSet<>(kind.reviews()));
                apart.add(own);
                direction.ifPresent(known -> directions.put(own, known));
            }
        }
        apart.sort(MOST_USED_FIRST);
        return apart;
    }

    private static Optional<Kind> nearest(DenseVector own, List<Kind> apart, Map<Kind, DenseVector> directions) {
        Kind nearest = null;
        double cosine = SAME_KIND_COSINE_MIN;
        for (Kind other : apart) {
            DenseVector direction = directions.get(other);
            double likeness = direction == null ? -1 : direction.dot(own);
            if (likeness >= cosine && (nearest == null || likeness > cosine)) {
                nearest = other;
                cosine = likeness;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static final Comparator<Kind> MOST_USED_FIRST = Comparator.comparingInt(
                    (Kind kind) -> kind.reviews().size())
            .reversed()
            .thenComparing(Kind::name);

    /** A kind of thing under the name that most reviews use, and all reviews that name it. */
    static final class Kind {

        private final String name;
        private final Set<String> reviews;

        Kind(String name, Set<String> reviews) {
            this.name = name;
            this.reviews = reviews;
        }

        String name() {
            return name;
        }

        Set<String> reviews() {
            return reviews;
        }
    }
}
