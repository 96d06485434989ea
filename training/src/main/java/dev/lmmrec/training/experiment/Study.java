package dev.lmmrec.training.experiment;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be studied. */
public enum Study {
    /** Every backbone alone. */
    BACKBONES("backbones", "every backbone alone, against the one that is best on validation"),
    /** Every backbone alone and with every wrapper. */
    LMMREC("lmmrec", "every backbone alone and with every wrapper"),
    /** Every wrapper whole and with each of its parts left out. */
    ABLATION("ablation", "every wrapper whole and with each of its parts left out"),
    /** Training interactions and texts corrupted more and more. */
    NOISE("noise", "0, 10, 20 and 30 % of training interactions, or of texts, corrupted"),
    /** Users and items by how much is known of them. */
    COLD_START("cold-start", "every backbone alone and with every wrapper, by how much is known of users and items"),
    /** One setting after the other over its grid. */
    SENSITIVITY("sensitivity", "one setting after the other over its grid, the others as chosen");

    private final String title;
    private final String meaning;

    Study(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /**
     * Finds a study by its name.
     *
     * @param name as {@link #toString()} gives it
     * @return the study
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static Study named(String name) {
        return Arrays.stream(values())
                .filter(study -> study.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no study '" + name + "'; there are "
                        + Arrays.stream(values()).map(Study::toString).collect(Collectors.joining(", "))));
    }

    /**
     * One line for people.
     *
     * @return what is compared
     */
    public String meaning() {
        return meaning;
    }

    @Override
    public String toString() {
        return title;
    }
}
