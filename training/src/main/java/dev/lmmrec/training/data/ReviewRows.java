package dev.lmmrec.training.data;

import dev.lmmrec.core.intake.Progress;
import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.reading.label.ReviewKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes rows of a file of reviews, as if they had gone through a deployment, with motivations that were found elsewhere
 * or none. The rows have no sentence vectors.
 *
 * @param rows one per review, in the order of the file
 * @param format the format the reviews were read in
 * @param refused how many lines were no reviews
 * @param firstRefusal the first of them; empty if there is none
 * @param reviewsOfMotives how many reviews, or pairs of user and item, the motives file is about
 * @param unmatchedMotives how many of them are not there
 */
public record ReviewRows(
        List<ReviewMotivations> rows,
        ReviewFormat format,
        int refused,
        Optional<String> firstRefusal,
        int reviewsOfMotives,
        int unmatchedMotives) {

    /** Who found the motivations of rows that were made with a motives file. */
    public static final String LABELS = "labels";

    /** The extractor's id where nobody looked for motivations. */
    public static final String NOBODY = "none";

    /** Copies the list. */
    public ReviewRows {
        rows = List.copyOf(rows);
    }

    /**
     * Reads reviews and joins motivations. A motivation whose evidence is not where it says is put where it is; one
     * whose evidence is nowhere in its review is dropped and counted in its row.
     *
     * @param reviews plain or gzip
     * @param format how they are written; {@link ReviewFormat#AUTO} looks
     * @param motives the motivations, if there are any
     * @param progress is told how far the reviews are read
     * @return the rows
     * @throws RefusedInputException if no line is a review, or the motives are damaged or belong to other reviews
     * @throws IOException if a file cannot be read
     */
    public static ReviewRows read(Path reviews, ReviewFormat format, Optional<Path> motives, Progress progress)
            throws IOException, RefusedInputException {
        Map<ReviewKey, List<Motivation>> found = motives.isPresent() ? new MotivesFile().read(motives.get()) : Map.of();
        List<ReviewMotivations> rows = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        Set<ReviewKey> met = new HashSet<>();
        String extractorId = motives.isPresent() ? LABELS : NOBODY;
        Optional<ReviewFormat> used = new ReviewFile(reviews, format, new ReviewCheck(Clock.systemUTC()))
                .read(
                        line -> {
                            if (line instanceof ReadLine.Reviews good) {
                                good.rejected().forEach(rejected -> refusals.add(rejected.toString()));
                                for (CheckedReview.Accepted accepted : good.accepted()) {
                                    Review review = accepted.review();
                                    List<ReviewKey> keys = ReviewKey.allOf(review);
                                    met.addAll(keys);
                                    rows.add(row(
                                            review,
                                            keys.stream()
                                                    .filter(found::containsKey)
                                                    .findFirst()
                                                    .map(found::get)
                                                    .orElse(List.of()),
                                            extractorId,
                                            rows.size()));
                                }
                            } else {
                                refusals.add(line.toString());
                            }
                        },
                        progress);
        if (rows.isEmpty()) {
            throw new RefusedInputException(reviews + " has no review"
                    + (refusals.isEmpty() ? "; it is empty" : "; the first line was refused: " + refusals.get(0)));
        }
        int unmatched =
                (int) found.keySet().stream().filter(key -> !met.contains(key)).count();
        if (motives.isPresent() && unmatched == found.size()) {
            throw new RefusedInputException("none of the " + found.size() + " reviews, or pairs of user and item, in "
                    + motives.get() + " is in " + reviews + "; give the motives of these reviews");
        }
        return new ReviewRows(
                rows, used.orElse(format), refusals.size(), refusals.stream().findFirst(), found.size(), unmatched);
    }

    private static ReviewMotivations row(Review review, List<Motivation> motivations, String extractorId, int number) {
        List<Motivation> grounded = motivations.stream()
                .flatMap(motivation -> placed(motivation, review).stream())
                .sorted(Comparator.comparingDouble(Motivation::strength).reversed())
                .toList();
        return ReviewMotivations.of(
                review, number, extractorId, grounded, List.of(), motivations.size() - grounded.size());
    }

    /** Files of old give no start, or that of another review of the same user about the same item. */
    private static Optional<Motivation> placed(Motivation motivation, Review review) {
        String part = motivation.field() == Field.TITLE ? review.title() : review.text();
        if (part.startsWith(motivation.evidence(), motivation.start())) {
            return Optional.of(motivation);
        }
        int start = part.indexOf(motivation.evidence());
        return start < 0 ? Optional.empty() : Optional.of(motivation.withStart(start));
    }
}
