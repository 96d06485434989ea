package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.ReviewDraft;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Yelp's academic reviews; their dates are taken as UTC. */
final class YelpForm implements LineForm {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final String source;

    YelpForm(String source) {
        this.source = source;
    }

    @Override
    public boolean fits(Fields fields) {
        return fields.has("user_id") && fields.has("business_id");
    }

    @Override
    public List<Drafted> read(Fields fields) throws BadLineException {
        String user = fields.id("user_id");
        String item = fields.id("business_id");
        Long time = time(fields.text("date"));
        String reviewId = fields.id("review_id");
        return Drafted.one(new ReviewDraft(
                reviewId != null ? reviewId : StableId.of(source, user, item, time),
                user,
                item,
                fields.number("stars"),
                time,
                null,
                fields.text("text"),
                source));
    }

    private static Long time(String date) throws BadLineException {
        if (date == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(date, DATE).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new BadLineException("date: is '" + Excerpt.of(date, 40) + "', must be like '2018-07-07 22:09:11'");
        }
    }

    @Override
    public Map<String, String> spellings() {
        return Map.of(
                "reviewId", "review_id",
                "userId", "user_id",
                "itemId", "business_id",
                "rating", "stars",
                "time", "date");
    }
}
