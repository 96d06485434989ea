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
    private final Map<ReviewKey, Reading> readings = new HashMap<>();

    /**
     * Reads the file.
     *
     * @param file motives of reviews
     * @throws IOException if it cannot be read or a line is none
     */
    public LabelledMotives(Path file) throws IOException {
        this.id = "labels-" + file.getFileName();
        new LabelFile(file).eachMotives((key, user, item, motivations) -> {
            Reading reading = new Reading(motivations, List.of());
            readings.put(key, reading);
            // the other labelling may have no ids
            readings.put(ReviewKey.of(LabelFile.idWhereNone(user, item), user, item), reading);
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
        return ReviewKey.allOf(review).stream()
                .filter(readings::containsKey)
                .findFirst()
                .map(readings::get);
    }
}
