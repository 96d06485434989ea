package dev.lmmrec.core.review;

import dev.lmmrec.core.review.CheckedReview.FieldProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The edge: turns a draft into a review or says, field by field, why it is none. */
public final class ReviewCheck {

    /** The longest id, in characters. */
    public static final int ID_LENGTH_MAX = 256;

    /** The longest title kept, in characters; the rest is cut. */
    public static final int TITLE_LENGTH_MAX = 1_000;

    /** The longest text kept, in characters; the rest is cut. */
    public static final int TEXT_LENGTH_MAX = 20_000;

    /** The longest source kept, in characters; the rest is cut. */
    public static final int SOURCE_LENGTH_MAX = 256;

    /** How far a producer's clock may be ahead of ours. */
    public static final Duration CLOCK_SKEW_MAX = Duration.ofDays(1);

    /** Also no-break spaces, which {@link String#isBlank()} takes for words, and accents on nothing. */
    private static final Pattern NOTHING_SEEN = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Mn}\\p{Me}]*");

    private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

    private final Clock clock;

    /**
     * Makes a check.
     *
     * @param clock tells what lies in the future
     */
    public ReviewCheck(Clock clock) {
        this.clock = clock;
    }

    /**
     * Checks one draft.
     *
     * @param draft anything
     * @return the review, or all of the draft's problems
     */
    public CheckedReview check(ReviewDraft draft) {
        List<FieldProblem> problems = new ArrayList<>();
        List<FieldProblem> notes = new ArrayList<>();
        checkId("reviewId", draft.reviewId(), problems);
        checkId("userId", draft.userId(), problems);
        checkId("itemId", draft.itemId(), problems);
        checkRating(draft.rating(), problems);
        checkTime(draft.time(), problems);
        if (draft.text() == null
                || NOTHING_SEEN.matcher(Invisible.strip(draft.text())).matches()) {
            problems.add(new FieldProblem("text", "is empty; a review needs words"));
        }
        if (!problems.isEmpty()) {
            return new CheckedReview.Refused(problems);
        }
        Review review = new Review(
                draft.reviewId(),
                draft.userId(),
                draft.itemId(),
                draft.rating(),
                draft.time(),
                fit("title", orEmpty(draft.title()), TITLE_LENGTH_MAX, notes),
                fit("text", draft.text(), TEXT_LENGTH_MAX, notes),
                fit("source", orEmpty(draft.source()), SOURCE_LENGTH_MAX, notes));
        return new CheckedReview.Accepted(review, notes);
    }

    private static void checkId(String field, String id, List<FieldProblem> problems) {
        wrongWith(id).ifPresent(words -> problems.add(new FieldProblem(field, words)));
    }

    /**
     * Says why something is no id, of a review or of anything that reviews name.
     *
     * @param id anything, null as well
     * @return what is wrong with it, to be read behind the field's name; empty if it is an id
     */
    public static Optional<String> wrongWith(String id) {
        if (id == null || id.isBlank()) {
            return Optional.of("is missing");
        }
        if (id.length() > ID_LENGTH_MAX) {
            return Optional.of("has " + id.length() + " characters, at most " + ID_LENGTH_MAX + " are allowed");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("contains a control character");
        }
        if (UNPAIRED_SURROGATE.matcher(id).find()) {
            return Optional.of("contains half of a surrogate pair, which is no character");
        }
        return Optional.empty();
    }

    private static void checkRating(Double rating, List<FieldProblem> problems) {
        if (rating == null) {
            problems.add(new FieldProblem("rating", "is missing"));
        } else if (!(rating >= 1 && rating <= 5)) {
            problems.add(new FieldProblem("rating", "is " + rating + ", must be from 1 to 5"));
        }
    }

    private void checkTime(Long time, List<FieldProblem> problems) {
        if (time == null) {
            problems.add(new FieldProblem("time", "is missing"));
        } else if (time < 0) {
            problems.add(new FieldProblem("time", "is " + time + ", must be epoch seconds from 0 on"));
        } else if (time > clock.instant().plus(CLOCK_SKEW_MAX).getEpochSecond()) {
            problems.add(new FieldProblem(
                    "time",
                    "is " + time + ", which lies in the future; the clock says "
                            + clock.instant().getEpochSecond() + " (epoch seconds, not milliseconds)"));
        }
    }

    /** Replaces what no UTF-8 can hold, takes out what nobody sees and cuts what is too long, with a note each. */
    private static String fit(String field, String text, int lengthMax, List<FieldProblem> notes) {
        String whole = UNPAIRED_SURROGATE.matcher(text).replaceAll("\uFFFD");
        if (!whole.equals(text)) {
            notes.add(new FieldProblem(field, "had halves of surrogate pairs, which were replaced by U+FFFD"));
        }
        String seen = Invisible.strip(whole);
        if (!seen.equals(whole)) {
            notes.add(new FieldProblem(
                    field, "had " + (whole.length() - seen.length()) + " invisible characters, which were taken out"));
        }
        return cut(field, seen, lengthMax, notes);
    }

    private static String cut(String field, String text, int lengthMax, List<FieldProblem> notes) {
        if (text.length() <= lengthMax) {
            return text;
        }
        notes.add(new FieldProblem(field, "had " + text.length() + " characters and was cut to " + lengthMax));
        // never between the two halves of a surrogate pair
        int end = Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax;
        return text.substring(0, end);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
