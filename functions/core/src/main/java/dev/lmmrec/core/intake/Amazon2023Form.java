package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.ReviewDraft;
import java.util.List;
import java.util.Map;

/**
 * The Amazon review set of 2023: its times are milliseconds (seconds are refused, not taken for 1970), and variants of
 * one product share a parent_asin.
 */
final class Amazon2023Form implements LineForm {

    private static final long MILLIS_PER_SECOND = 1_000;

    /** In milliseconds a day in March 1973, before any review; in seconds the year 5138. */
    private static final long MILLIS_MIN = 100_000_000_000L;

    private final String source;

    Amazon2023Form(String source) {
        this.source = source;
    }

    @Override
    public boolean fits(Fields fields) {
        return fields.has("user_id") && (fields.has("parent_asin") || fields.has("asin"));
    }

    @Override
    public List<Drafted> read(Fields fields) throws BadLineException {
        String user = fields.id("user_id");
        String item = fields.id("parent_asin", "asin");
        Long millis = fields.wholeNumber("timestamp");
        if (millis != null && millis < MILLIS_MIN) {
            throw new BadLineException("timestamp: is " + millis + ", must be epoch milliseconds from " + MILLIS_MIN
                    + " on; seconds go as time in the format " + ReviewFormat.LMMREC);
        }
        Long time = millis == null ? null : (Long) Math.floorDiv(millis, MILLIS_PER_SECOND);
        return Drafted.one(new ReviewDraft(
                StableId.of(source, user, item, time),
                user,
                item,
                fields.number("rating"),
                time,
                fields.text("title"),
                fields.text("text"),
                source));
    }

    @Override
    public Map<String, String> spellings() {
        return Map.of("userId", "user_id", "itemId", "parent_asin", "time", "timestamp");
    }
}
