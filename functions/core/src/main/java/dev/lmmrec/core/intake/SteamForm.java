package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.CheckedReview.FieldProblem;
import dev.lmmrec.core.review.ReviewDraft;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steam's players' reviews, one a line {@code {user,item,recommended,time,text}} or, as in the first UCSD set, one user
 * a line with a list of reviews. A thumb up is rating 5, a thumb down rating 1.
 */
final class SteamForm implements LineForm {

    /** Steam leaves the year off dates of the running year, and the first UCSD set was collected in 2016. */
    static final int YEAR_WHERE_LEFT_OFF = 2016;

    private static final double RECOMMENDED = 5;
    private static final double NOT_RECOMMENDED = 1;
    private static final Pattern POSTED = Pattern.compile("(?:Posted )?(\\p{L}+ \\d{1,2})(, \\d{4})?\\.?");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);

    private final String source;

    SteamForm(String source) {
        this.source = source;
    }

    @Override
    public boolean fits(Fields fields) {
        return (fields.has("user_id") && fields.has("reviews"))
                || (fields.has("user") && fields.has("item") && fields.has("recommended"));
    }

    @Override
    public List<Drafted> read(Fields fields) throws BadLineException {
        if (!fields.has("reviews")) {
            return Drafted.one(draft(
                    fields.id("user"),
                    fields.id("item"),
                    fields.flag("recommended"),
                    fields.wholeNumber("time"),
                    fields.text("text")));
        }
        String user = fields.id("user_id");
        List<Fields> reviews = fields.objects("reviews");
        List<Drafted> drafted = new ArrayList<>(reviews.size());
        for (int i = 0; i < reviews.size(); i++) {
            try {
                drafted.add(nested(user, reviews.get(i)));
            } catch (BadLineException e) {
                throw new BadLineException("reviews[" + i + "]." + e.getMessage());
            }
        }
        return drafted;
    }

    private Drafted nested(String user, Fields review) throws BadLineException {
        List<FieldProblem> notes = new ArrayList<>();
        Long time = day(review.text("posted"), notes);
        return new Drafted(
                draft(user, review.id("item_id"), review.flag("recommend"), time, review.text("review")), notes);
    }

    private ReviewDraft draft(String user, String item, Boolean recommended, Long time, String text) {
        Double rating = recommended == null ? null : (Double) (recommended ? RECOMMENDED : NOT_RECOMMENDED);
        return new ReviewDraft(StableId.of(source, user, item, time), user, item, rating, time, null, text, source);
    }

    private static Long day(String posted, List<FieldProblem> notes) throws BadLineException {
        if (posted == null) {
            return null;
        }
        Matcher parts = POSTED.matcher(posted.strip());
        if (parts.matches()) {
            try {
                String year = parts.group(2) == null ? ", " + YEAR_WHERE_LEFT_OFF : parts.group(2);
                LocalDate day = LocalDate.parse(parts.group(1) + year, DAY);
                if (parts.group(2) == null) {
                    notes.add(new FieldProblem("time", "has no year and was taken as " + YEAR_WHERE_LEFT_OFF));
                }
                return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                // said below, with the value
            }
        }
        throw new BadLineException(
                "posted: is '" + Excerpt.of(posted, 40) + "', must be like 'Posted November 5, 2011.'");
    }

    @Override
    public Map<String, String> spellings() {
        return Map.of("userId", "user", "itemId", "item", "rating", "recommended");
    }
}
