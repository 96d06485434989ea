package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.CheckedReview;
import java.util.List;

/** What became of one line of a file of reviews. */
public sealed interface ReadLine {

    /**
     * The line's number.
     *
     * @return from 1, blank lines counted
     */
    long line();

    /**
     * The line was read.
     *
     * @param line its number
     * @param accepted its reviews with their notes; one as a rule, several or none where a line holds a list
     * @param rejected those of its list that are no reviews; empty unless the line holds a list
     */
    record Reviews(long line, List<CheckedReview.Accepted> accepted, List<Rejected> rejected) implements ReadLine {

        /** Copies the lists. */
        public Reviews {
            accepted = List.copyOf(accepted);
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * The line, or one review of its list, was refused.
     *
     * @param file the file's name
     * @param line the line's number
     * @param reason why, naming the field
     * @param raw the line as it stands in the file, cut to {@link ReviewFile#RAW_LENGTH_MAX}
     */
    record Rejected(String file, long line, String reason, String raw) implements ReadLine {

        @Override
        public String toString() {
            return file + ":" + line + ": " + reason;
        }
    }
}
