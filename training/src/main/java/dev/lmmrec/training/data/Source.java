package dev.lmmrec.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.intake.Progress;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.ReviewMotivations;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What experiments run on: interactions that can be split, with text or without. */
public sealed interface Source {

    /**
     * The interactions to learn from and to measure by.
     *
     * @param seed repeats the split; a split that was made elsewhere is the same for every seed
     * @return the split
     * @throws RefusedInputException if nothing can be held out
     */
    Split split(long seed) throws RefusedInputException;

    /**
     * The reviews behind the interactions.
     *
     * @return empty if there is no text
     */
    Optional<Dataset> dataset();

    /**
     * Names the interactions and their text.
     *
     * @return equal for equal content
     */
    String fingerprint();

    /**
     * What was read, for people.
     *
     * @return one line
     */
    String summary();

    /**
     * A split that was made elsewhere, without text.
     *
     * @param published the split
     */
    record Published(PublishedSplit published) implements Source {

        @Override
        public Split split(long seed) {
            return published.split();
        }

        @Override
        public Optional<Dataset> dataset() {
            return Optional.empty();
        }

        @Override
        public String fingerprint() {
            return published.fingerprint();
        }

        @Override
        public String summary() {
            Split split = published.split();
            return published.users().size() + " users, " + published.items().size() + " items, "
                    + split.train().count() + " training, " + split.validation().count() + " validation, "
                    + split.test().count() + " test interactions";
        }
    }

    /**
     * Reviews, split 3:1:1 per user by seed.
     *
     * @param reviews the data set
     * @param summary what was read, for people
     */
    record Reviews(Dataset reviews, String summary) implements Source {

        @Override
        public Split split(long seed) throws RefusedInputException {
            return Split.random(reviews, seed);
        }

        @Override
        public Optional<Dataset> dataset() {
            return Optional.of(reviews);
        }

        @Override
        public String fingerprint() {
            return reviews.textFingerprint();
        }
    }

    /**
     * Where and how to read.
     *
     * @param path a folder with {@code train.tsv}, {@code validation.tsv} and {@code test.tsv}, plain or {@code .gz}; a
     *     file of reviews, or a folder with one named {@code reviews.jsonl}, plain or {@code .gz}; or an export of the
     *     rows of motivations
     * @param format of a file of reviews
     * @param motives motivations of a file of reviews
     * @param core every user and item keeps at least this many interactions; 1 keeps all
     * @param ratingMin a review counts as an interaction from this rating on
     */
    record Origin(Path path, ReviewFormat format, Optional<Path> motives, int core, double ratingMin) {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the core is smaller than 1
         */
        public Origin {
            if (core < 1) {
                throw new IllegalArgumentException("core is " + core + ", must be 1 or more");
            }
        }

        /**
         * All reviews of a file as they are.
         *
         * @param path where
         * @return format looked up, no motives, nothing filtered
         */
        public static Origin of(Path path) {
            return new Origin(path, ReviewFormat.AUTO, Optional.empty(), 1, 0);
        }
    }

    /**
     * Reads whatever lies there.
     *
     * @param origin where and how
     * @param progress is told how far a file of reviews is read
     * @return the interactions
     * @throws RefusedInputException if it is of no known kind or damaged, or an option does not fit its kind
     * @throws IOException if it cannot be read
     */
    static Source open(Origin origin, Progress progress) throws IOException, RefusedInputException {
        if (!Files.exists(origin.path())) {
            throw new RefusedInputException(origin.path() + " does not exist");
        }
        if (!Files.isDirectory(origin.path())) {
            return ofFile(origin.path(), origin, progress);
        }
        if (PublishedSplit.isIn(origin.path())) {
            if (origin.motives().isPresent() || origin.core() > 1) {
                throw new RefusedInputException(origin.path() + " is a split of interactions without reviews; motives"
                        + " and core are for files of reviews");
            }
            return new Published(PublishedSplit.read(origin.path()));
        }
        for (String name : List.of("reviews.jsonl", "reviews.jsonl.gz")) {
            Path reviews = origin.path().resolve(name);
            if (Files.exists(reviews)) {
                return ofFile(reviews, origin, progress);
            }
        }
        throw new RefusedInputException(origin.path() + " has neither train.tsv nor reviews.jsonl, plain or .gz");
    }

    private static Source ofFile(Path file, Origin origin, Progress progress)
            throws IOException, RefusedInputException {
        List<ReviewMotivations> rows;
        String summary;
        if (holdsRows(file)) {
            if (origin.motives().isPresent()) {
                throw new RefusedInputException(file
                        + " is an export of rows, which has its own motivations; motives are for files of reviews");
            }
            rows = new RowsFile().read(file);
            summary = rows.size() + " rows";
        } else {
            ReviewRows read = ReviewRows.read(file, origin.format(), origin.motives(), progress);
            rows = read.rows();
            summary = rows.size() + " reviews (" + read.format() + ")"
                    + (read.refused() == 0
                            ? ""
                            : ", " + read.refused() + " lines refused, the first: "
                                    + read.firstRefusal().orElseThrow())
                    + (read.unmatchedMotives() == 0
                            ? ""
                            : ", " + read.unmatchedMotives() + " of " + read.reviewsOfMotives()
                                    + " reviews of the motives file not found");
        }
        Dataset dataset = Dataset.of(rows, new Dataset.Limits(origin.ratingMin(), 1, 1, null));
        if (origin.core() > 1) {
            dataset = dataset.core(origin.core());
            summary += ", " + dataset.rows().size() + " in the " + origin.core() + "-core";
        }
        long motivations = dataset.rows().stream()
                .mapToLong(row -> row.motivations().size())
                .sum();
        return new Reviews(
                dataset,
                summary + ", " + dataset.users().size() + " users, "
                        + dataset.items().size() + " items, "
                        + dataset.interactions().count() + " interactions, "
                        + motivations + " motivations");
    }

    /** A row holds its review as an object of its own; no format of reviews does. */
    private static boolean holdsRows(Path file) throws IOException {
        try (BufferedReader lines = RowsFile.open(file)) {
            String line = lines.readLine();
            while (line != null && line.isBlank()) {
                line = lines.readLine();
            }
            if (line == null) {
                return false;
            }
            JsonNode first = new JsonMapper().readTree(line);
            return first.path("review").isObject() && first.has("motivations");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
