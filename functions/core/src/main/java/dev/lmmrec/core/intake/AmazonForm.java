package dev.lmmrec.core.intake;

import dev.lmmrec.core.review.ReviewDraft;
import java.util.List;
import java.util.Map;

/** The Amazon review sets of 2014 and 2018, which differ in the fields that are left aside here. */
final class AmazonForm implements LineForm {

    private static final List<String> SINCE_2018 = List.of("verified", "style", "vote", "image");

    private final String source;
    private final boolean of2018;

    AmazonForm(String source, boolean of2018) {
        this.source = source;
        this.of2018 = of2018;
    }

    @Override
    public boolean fits(Fields fields) {
        return fields.has("reviewerID")
                && fields.has("asin")
                && of2018 == SINCE_2018.stream().anyMatch(fields::names);
    }

    @Override
    public List<Drafted> read(Fields fields) throws BadLineException {
        String user = fields.id("reviewerID");
        String item = fields.id("asin");
        Long time = fields.wholeNumber("unixReviewTime");
        return Drafted.one(new ReviewDraft(
                StableId.of(source, user, item, time),
                user,
                item,
                fields.number("overall"),
                time,
                fields.text("summary"),
                fields.text("reviewText"),
                source));
    }

    @Override
    public Map<String, String> spellings() {
        return Map.of(
                "userId", "reviewerID",
                "itemId", "asin",
                "rating", "overall",
                "time", "unixReviewTime",
                "title", "summary",
                "text", "reviewText");
    }
}
