package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.ReviewDraft;
import java.util.List;
import java.util.Map;

/** Our own JSONL: the fields of a review; {@code user} and {@code item} are accepted too, and no reviewId. */
final class OwnForm implements LineForm {

    @Override
    public boolean fits(Fields fields) {
        return (fields.has("userId") || fields.has("user")) && (fields.has("itemId") || fields.has("item"));
    }

    @Override
    public List<Drafted> read(Fields fields) throws BadLineException {
        String user = fields.id("userId", "user");
        String item = fields.id("itemId", "item");
        Long time = fields.wholeNumber("time");
        String source = fields.text("source");
        String reviewId = fields.id("reviewId");
        return Drafted.one(new ReviewDraft(
                reviewId != null ? reviewId : StableId.of(source, user, item, time),
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
        return Map.of();
    }
}
