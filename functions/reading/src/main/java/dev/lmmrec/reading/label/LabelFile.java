package dev.lmmrec.reading.label;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.file.Gzip;
import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Motives of reviews, one JSON object a line, plain or gzipped: {@code {reviewId?, user, item, split?, motives: [{side,
 * facet, polarity, strength, confidence, statement, evidence, field, start}]}}. The review is taken from the same line
 * where it has {@code text} (with {@code title} and {@code rating}), else joined from a file of reviews by
 * {@code reviewId}, or by user and item where the line has none.
 */
public final class LabelFile {

    private static final double RATING_UNKNOWN = 5;

    private final Path path;
    private final ObjectMapper json = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /**
     * Names a file.
     *
     * @param path where it is
     */
    public LabelFile(Path path) {
        this.path = path;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Line(
            String reviewId,
            String user,
            String item,
            String split,
            Double rating,
            Long time,
            String title,
            String text,
            List<Motivation> motives) {

        ReviewKey key() {
            return ReviewKey.of(reviewId, user, item);
        }
    }

    /**
     * Reads all labels.
     *
     * @param reviews where the texts are, or empty if the lines have them
     * @return in the order of the file
     * @throws LabelsException if a line is none, or has no text anywhere
     * @throws IOException if a file cannot be read
     */
    public List<LabelledReview> read(Optional<Path> reviews) throws IOException {
        List<Line> lines = lines();
        Map<ReviewKey, Review> texts = new HashMap<>();
        if (reviews.isPresent()) {
            lines.forEach(line -> texts.put(line.key(), null));
            join(reviews.get(), texts);
        }
        List<LabelledReview> labelled = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            Review review = line.text() != null ? ownReview(line) : texts.get(line.key());
            if (review == null) {
                String cure = reviews.map(file -> "there is none of them in " + file)
                        .orElse("name the file of reviews that has it");
                throw new LabelsException(path + ", motives " + (i + 1) + ", of user " + line.user() + " about item "
                        + line.item() + ": no text; " + cure);
            }
            labelled.add(new LabelledReview(review, line.split() == null ? "" : line.split(), line.motives()));
        }
        return labelled;
    }

    /** Takes one line's motives. */
    @FunctionalInterface
    interface MotivesOf {
        void take(ReviewKey key, String user, String item, List<Motivation> motivations);
    }

    /** Reads the motives without their reviews. */
    void eachMotives(MotivesOf sink) throws IOException {
        lines().forEach(line -> sink.take(line.key(), line.user(), line.item(), line.motives()));
    }

    private List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                BufferedReader text =
                        new BufferedReader(new InputStreamReader(Gzip.unpacked(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                if (!line.isBlank()) {
                    lines.add(parsed(number, line));
                }
            }
        }
        return lines;
    }

    private Line parsed(int number, String text) throws LabelsException {
        Line line;
        try {
            line = json.readValue(text, Line.class);
        } catch (JsonProcessingException e) {
            throw new LabelsException(
                    path + ", line " + number + ", is no line of motives: " + e.getOriginalMessage(), e);
        }
        if (line.user() == null || line.item() == null || line.motives() == null) {
            throw new LabelsException(path + ", line " + number + ": user, item and motives must be given");
        }
        return line;
    }

    /** Texts that are asked for; of several under one id, or about one pair, the first counts. */
    private static void join(Path reviews, Map<ReviewKey, Review> texts) {
        new ReviewFile(reviews, ReviewFormat.AUTO, new ReviewCheck(Clock.systemUTC()))
                .read(
                        line -> {
                            if (line instanceof ReadLine.Reviews read) {
                                for (CheckedReview.Accepted accepted : read.accepted()) {
                                    Review review = accepted.review();
                                    for (ReviewKey key : ReviewKey.allOf(review)) {
                                        if (texts.containsKey(key)) {
                                            texts.putIfAbsent(key, review);
                                        }
                                    }
                                }
                            }
                        },
                        (read, size) -> {});
    }

    private static Review ownReview(Line line) {
        return new Review(
                line.reviewId() == null ? idWhereNone(line.user(), line.item()) : line.reviewId(),
                line.user(),
                line.item(),
                line.rating() == null ? RATING_UNKNOWN : line.rating(),
                line.time() == null ? 0 : line.time(),
                line.title() == null ? "" : line.title(),
                line.text(),
                "");
    }

    /** No review of a file has it, since ids have no control characters. */
    static String idWhereNone(String user, String item) {
        return user + "\t" + item;
    }
}
