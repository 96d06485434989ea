package dev.lmmrec.extraction.extractor.llm.prompt;

import dev.lmmrec.core.motivation.Facet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The facets that a model may choose from, each with what it covers. */
public final class Facets {

    /** What a model chooses where none fits; it then names a facet of its own. */
    static final String OTHER = "other";

    private static final int FACETS_MAX = 60;

    /** One or two words: more would be a message. */
    private static final Pattern OWN = Pattern.compile("[a-z]{2,19}(?:-[a-z]{2,19})?");

    private final Map<Facet, String> covers;

    private Facets(Map<Facet, String> covers) {
        this.covers = covers;
    }

    /**
     * Reads the facets: one a line, its name, then what it covers; lines that begin with # are comments.
     *
     * @param file a deployment's own facets; empty for the twelve that are known everywhere
     * @return the facets in the file's order
     * @throws IllegalArgumentException if a line is no facet, with the line's number
     */
    public static Facets load(Optional<Path> file) {
        TextResource text = TextResource.of(file, "LMMREC_FACETS_FILE", "facets.txt");
        Map<Facet, String> covers = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.content().lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.strip().split("\\s+", 2);
                String where = text.source() + " line " + number + ": ";
                if (parts.length < 2) {
                    throw new IllegalArgumentException(
                            where + "facet '" + parts[0] + "' says nothing of what it covers; write it after the name");
                }
                if (covers.put(facet(where, parts[0]), parts[1]) != null) {
                    throw new IllegalArgumentException(where + "facet '" + parts[0] + "' is there already");
                }
            }
        }
        if (covers.isEmpty() || covers.size() > FACETS_MAX) {
            throw new IllegalArgumentException(
                    text.source() + " has " + covers.size() + " facets, must have 1 to " + FACETS_MAX);
        }
        return new Facets(covers);
    }

    private static Facet facet(String where, String name) {
        try {
            Facet facet = new Facet(name);
            if (name.equals(OTHER)) {
                throw new IllegalArgumentException("facet 'other' is what a model says where none of these fits");
            }
            return facet;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    /**
     * The facets.
     *
     * @return in the order of the file
     */
    public List<Facet> all() {
        return List.copyOf(covers.keySet());
    }

    /**
     * The facet that a model means.
     *
     * @param name what it chose
     * @param ownName what it calls the facet where it chose none of these
     * @return one of these, a facet of the model's own naming, or plainly another
     */
    public Facet chosen(String name, String ownName) {
        String wanted = name.equals(OTHER) ? ownName : name;
        String spelled = wanted.strip().toLowerCase(Locale.ROOT).replaceAll("[ _]+", "-");
        boolean listed = covers.keySet().stream().anyMatch(facet -> facet.name().equals(spelled));
        return listed || OWN.matcher(spelled).matches() ? new Facet(spelled) : new Facet(OTHER);
    }

    Map<Facet, String> covers() {
        return covers;
    }
}
