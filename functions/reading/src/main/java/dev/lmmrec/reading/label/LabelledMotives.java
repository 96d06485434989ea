package dev.lmmrec.reading.label;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.Reading;
import dev.lmmrec.reading.ReviewReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A reader that answers with the motives of a file, so that two labellings can be compared like two readers. */
public final class LabelledMotives implements ReviewReader {

    private final String id;
    private final Map<String, Reading> readings = new HashMap<>();
    private final Map<List<String>, Reading> readingsWithoutId = new HashMap<>();

    /**
     * Reads the file.
     *
     * @param file motives of reviews
     * @throws IOException if it cannot be read or a line is none
     */
    public LabelledMotives(Path file) throws IOException {
        this.id = "labels-" + file.getFileName();
        new LabelFile(file).eachMotives((reviewId, user, item, motivations) -> {
            Reading reading = new Reading(motivations, List.of());
            reviewId.ifPresentOrElse(
                    given -> readings.put(given, reading), () -> readingsWithoutId.put(List.of(user, item), reading));
            // the other labelling may have no ids
            readings.put(LabelFile.idWhereNone(user, item), reading);
        });
    }

    @Override
    public String id() {
        return id;
    }

    /**
     * Whether the file has a line of this review.
     *
     * @param review by its id, or by its user and item where the line has no id
     * @return whether there is an answer
     */
    public boolean knows(Review review) {
        return found(review).isPresent();
    }

    @Override
    public Reading read(Review review) {
        return found(review).orElse(new Reading(List.of(), List.of()));
    }

    private Optional<Reading> found(Review review) {
        return Optional.ofNullable(readings.get(review.reviewId()))
                .or(() -> Optional.ofNullable(readingsWithoutId.get(List.of(review.userId(), review.itemId()))));
    }
}
