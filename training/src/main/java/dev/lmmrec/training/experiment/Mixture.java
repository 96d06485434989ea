package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.blend.BlendSearch;
import dev.lmmrec.training.backbone.blend.BlendSearch.Objective;
import dev.lmmrec.training.backbone.blend.Part;
import dev.lmmrec.training.backbone.blend.StackSearch;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.RefusedInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Backbones that are made of others: each is fitted alone, and how they count is learnt on validation. */
enum Mixture {

    /** The weighted sum of standardised scores. */
    BLEND {
        @Override
        Fitted mix(List<Part> parts, Interactions train, Interactions validation) {
            BlendSearch.Found found = new BlendSearch(train, validation, Objective.BOTH).search(parts);
            Map<String, String> notes = new TreeMap<>();
            found.contributions().forEach(each -> notes.put("blend: " + each.part(), each.toString()));
            return new Fitted(found.blend(), 0, List.of(), notes);
        }
    },

    /** A listwise model of scores, ranks and activity. Validation is measured by cross-fitting. */
    STACK {
        @Override
        void requireEnough(Interactions validation) throws RefusedInputException {
            long users = IntStream.range(0, validation.users())
                    .filter(user -> validation.countOf(user) > 0)
                    .count();
            if (users < FOLDS) {
                throw new RefusedInputException("the validation part has " + users + " of the " + FOLDS
                        + " users that a stack needs at least; leave the stack out or give more interactions");
            }
        }

        @Override
        Fitted mix(List<Part> parts, Interactions train, Interactions validation) {
            StackSearch search = new StackSearch(train, validation);
            return new Fitted(search.search(parts), search.crossFitted(parts, FOLDS), 0, List.of(), Map.of());
        }
    };

    private static final int FOLDS = 2;

    /**
     * The mixture of a name.
     *
     * @param name as configurations have it
     * @return empty if it is the name of no mixture
     */
    static Optional<Mixture> named(String name) {
        return Arrays.stream(values())
                .filter(mixture -> mixture.toString().equals(name))
                .findFirst();
    }

    /**
     * Finds out whether there is enough to learn from, before time is spent on the parts.
     *
     * @param validation what to learn from how parts count
     * @throws RefusedInputException if there is not
     */
    void requireEnough(Interactions validation) throws RefusedInputException {}

    /**
     * Puts fitted backbones together.
     *
     * @param parts their scorers; asked by several threads at once
     * @param train what they were fitted on
     * @param validation what to learn from how they count
     * @return the mixture
     */
    abstract Fitted mix(List<Part> parts, Interactions train, Interactions validation);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
