package dev.lmmrec.core.review;

import java.util.List;
import java.util.stream.Collectors;

/** What {@link ReviewCheck} says of a draft: a review to go on with, or every reason why not. */
public sealed interface CheckedReview {

    /**
     * The draft is a review.
     *
     * @param review the review, within every limit
     * @param notes what was changed to make it fit, empty as a rule
     */
    record Accepted(Review review, List<FieldProblem> notes) implements CheckedReview {

        /** Copies the notes. */
        public Accepted {
            notes = List.copyOf(notes);
        }
    }

    /**
     * The draft is not a review.
     *
     * @param problems every problem found, at least one
     */
    record Refused(List<FieldProblem> problems) implements CheckedReview {

        /** Copies the problems. */
        public Refused {
            problems = List.copyOf(problems);
        }

        /**
         * Puts all problems on one line.
         *
         * @return the problems, separated by semicolons
         */
        public String reason() {
            return problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; "));
        }
    }

    /**
     * One thing that is wrong with one field.
     *
     * @param field the field's name in our review JSON
     * @param problem what is wrong with it, with the offending value or size, and what would be right
     */
    record FieldProblem(String field, String problem) {

        @Override
        public String toString() {
            return field + ": " + problem;
        }
    }
}
