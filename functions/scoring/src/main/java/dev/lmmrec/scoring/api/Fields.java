package dev.lmmrec.scoring.api;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.review.ReviewCheck;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks what a client sent, field by field. */
final class Fields {

    private Fields() {}

    /** An id, as reviews have them. */
    static String id(String field, String id) {
        ReviewCheck.wrongWith(id).ifPresent(words -> {
            throw ProblemException.badRequest(field, words);
        });
        return id;
    }

    /** Something at all. */
    static void body(Object body) {
        if (body == null) {
            throw ProblemException.badRequest("body", "is missing; send a JSON object");
        }
    }

    /** Ids, at most so many. */
    static List<String> ids(String field, Collection<String> ids, int least, int most) {
        if (ids == null || ids.size() < least || ids.size() > most) {
            throw ProblemException.badRequest(
                    field, "has " + (ids == null ? 0 : ids.size()) + " ids, " + least + " to " + most + " are allowed");
        }
        int at = 0;
        for (String id : ids) {
            id(field + "[" + at++ + "]", id);
        }
        return List.copyOf(ids);
    }

    /** A whole number in words. */
    static int whole(String field, String said, int min, int max) {
        try {
            int number = Integer.parseInt(said);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw ProblemException.badRequest(
                field, "is '" + said + "', must be a whole number from " + min + " to " + max);
    }

    /** A number in words. */
    static double number(String field, String said, double min, double max) {
        try {
            double number = Double.parseDouble(said);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw ProblemException.badRequest(field, "is '" + said + "', must be a number from " + min + " to " + max);
    }

    /** A yes or no in words. */
    static boolean flag(String field, String said) {
        return switch (said) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.badRequest(field, "is '" + said + "', must be true or false");
        };
    }

    /** The name of a kind of reason. */
    static Facet facet(String field, String name) {
        try {
            return new Facet(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(field, "is no facet: " + e.getMessage());
        }
    }

    /** Words in a list of a body, or none; commas are part of them. */
    static Set<String> entries(String field, List<String> said, int most) {
        return new LinkedHashSet<>(ids(field, said == null ? List.of() : said, 0, most));
    }

    /** An empty list of what may come back is no condition that anybody means: nothing would fulfil it. */
    static void notEmpty(String field, List<String> said) {
        if (said != null && said.isEmpty()) {
            throw ProblemException.badRequest(field, "is empty; name at least one, or leave it out for any");
        }
    }

    /** Words in a query string, separated by commas or given several times. */
    static Set<String> words(String field, List<String> said, int most) {
        Set<String> words = new LinkedHashSet<>();
        for (String one : said) {
            for (String word : one.split(",", -1)) {
                if (word.isBlank()) {
                    throw ProblemException.badRequest(
                            field, "is '" + one + "', which has an entry without anything between commas");
                }
                words.add(id(field, word.strip()));
            }
        }
        if (words.size() > most) {
            throw ProblemException.badRequest(
                    field, "has " + words.size() + " entries, at most " + most + " are allowed");
        }
        return words;
    }
}
