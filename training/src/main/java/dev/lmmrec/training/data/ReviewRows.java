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
 * @param motivePairs how many pairs of user and item the motives file has
 * @param unmatchedMotives how many of them have no review
 */
public record ReviewRows(
        List<ReviewMotivations> rows,
        ReviewFormat format,
        int refused,
        Optional<String> firstRefusal,
        int motivePairs,
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
     * Reads reviews and joins motivations. A motivation whose evidence is not verbatim in its review is dropped and
     * counted in its row.
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
        Map<MotivesFile.Key, List<Motivation>> found =
                motives.isPresent() ? new MotivesFile().read(motives.get()) : Map.of();
        List<ReviewMotivations> rows = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        Set<MotivesFile.Key> met = new HashSet<>();
        String extractorId = motives.isPresent() ? LABELS : NOBODY;
        Optional<ReviewFormat> used = new ReviewFile(reviews, format, new ReviewCheck(Clock.systemUTC()))
                .read(
                        line -> {
                            if (line instanceof ReadLine.Reviews good) {
                                good.rejected().forEach(rejected -> refusals.add(rejected.toString()));
                                for (CheckedReview.Accepted accepted : good.accepted()) {
                                    MotivesFile.Key key = new MotivesFile.Key(
                                            accepted.review().userId(),
                                            accepted.review().itemId());
                                    met.add(key);
                                    rows.add(row(
                                            accepted.review(),
                                            found.getOrDefault(key, List.of()),
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
            throw new RefusedInputException("none of the " + found.size() + " pairs of user and item in "
                    + motives.get() + " has a review in " + reviews + "; give the motives of these reviews");
        }
        return new ReviewRows(
                rows, used.orElse(format), refusals.size(), refusals.stream().findFirst(), found.size(), unmatched);
    }

    private static ReviewMotivations row(Review review, List<Motivation> motivations, String extractorId, int number) {
        List<Motivation> grounded = motivations.stream()
                .filter(motivation -> (motivation.field() == Field.TITLE ? review.title() : review.text())
                        .contains(motivation.evidence()))
                .sorted(Comparator.comparingDouble(Motivation::strength).reversed())
                .toList();
        return ReviewMotivations.of(
                review, number, extractorId, grounded, List.of(), motivations.size() - grounded.size());
    }
}
