package dev.lmmrec.core.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats that a file of reviews may be written in, one JSON object a line. */
public enum ReviewFormat {
    /**
     * Our own: {@code reviewId, userId, itemId, rating, time, title, text, source}; also {@code user} and {@code item};
     * a missing reviewId becomes a stable id made from source, user, item and time.
     */
    LMMREC("lmmrec", new OwnForm()),

    /**
     * Amazon 2014: {@code reviewerID, asin, overall, unixReviewTime, summary, reviewText}. Files of that year that are
     * Python literals instead of JSON are read as well.
     */
    AMAZON_2014("amazon-2014", new AmazonForm("amazon-2014", false)),

    /** Amazon 2018: as 2014, with {@code verified, style, vote}, which are not used. */
    AMAZON_2018("amazon-2018", new AmazonForm("amazon-2018", true)),

    /**
     * Amazon 2023: {@code user_id, parent_asin} or {@code asin, rating, timestamp} in milliseconds, {@code title,
     * text}.
     */
    AMAZON_2023("amazon-2023", new Amazon2023Form("amazon-2023")),

    /** Yelp's academic set: {@code review_id, user_id, business_id, stars, text, date}. */
    YELP("yelp", new YelpForm("yelp")),

    /**
     * Steam: {@code user, item, recommended, time, text}, or one user a line with {@code reviews} as in the first UCSD
     * set, JSON or Python literals. Recommended is rating 5, not recommended rating 1.
     */
    STEAM("steam", new SteamForm("steam")),

    /** Decided by the fields of the first line that fits one of the others. */
    AUTO("auto", null);

    private static final List<ReviewFormat> BY_FIT =
            List.of(STEAM, LMMREC, AMAZON_2018, AMAZON_2014, YELP, AMAZON_2023);

    private final String title;
    // every form is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final LineForm form;

    ReviewFormat(String title, LineForm form) {
        this.title = title;
        this.form = form;
    }

    /**
     * Finds a format by its name.
     *
     * @param name as {@link #toString()} gives it
     * @return the format
     * @throws IllegalArgumentException if there is none, naming all there are
     */
    public static ReviewFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "format '" + name + "' is unknown; there are " + titles(Stream.of(values()))));
    }

    /** The format that a line's fields fit, if any does. */
    static Optional<ReviewFormat> fitting(Fields fields) {
        return BY_FIT.stream().filter(format -> format.form.fits(fields)).findFirst();
    }

    static String knownTitles() {
        return titles(BY_FIT.stream().sorted());
    }

    private static String titles(Stream<ReviewFormat> formats) {
        return formats.map(ReviewFormat::toString).collect(Collectors.joining(", "));
    }

    LineForm form() {
        return form;
    }

    /**
     * The name used in configuration and messages.
     *
     * @return lower case, with hyphens
     */
    @Override
    public String toString() {
        return title;
    }
}
