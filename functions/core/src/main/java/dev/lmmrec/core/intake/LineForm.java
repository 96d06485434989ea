package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.CheckedReview.FieldProblem;
import dev.lmmrec.core.review.ReviewDraft;
import java.util.List;
import java.util.Map;

/** How one format spells a review. */
interface LineForm {

    /**
     * Says whether a line of this format would have these fields.
     *
     * @param fields the fields of a line
     * @return true if they fit
     */
    boolean fits(Fields fields);

    /**
     * Reads one line.
     *
     * @param fields the fields of the line
     * @return its reviews, unchecked
     * @throws BadLineException if a field has a wrong type or an unreadable value
     */
    List<Drafted> read(Fields fields) throws BadLineException;

    /**
     * What this format calls our fields where the names differ, so that a problem can be found in the file.
     *
     * @return the format's name by our name
     */
    Map<String, String> spellings();

    /**
     * A draft and what had to be assumed to make it.
     *
     * @param draft the review, unchecked
     * @param notes what was assumed
     */
    record Drafted(ReviewDraft draft, List<FieldProblem> notes) {

        static List<Drafted> one(ReviewDraft draft) {
            return List.of(new Drafted(draft, List.of()));
        }
    }
}
