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
    private final Map<List<String>, Reading> readings = new HashMap<>();

    /**
     * Reads the file.
     *
     * @param file motives of reviews
     * @throws IOException if it cannot be read or a line is none
     */
    public LabelledMotives(Path file) throws IOException {
        this.id = "labels-" + file.getFileName();
        new LabelFile(file)
                .eachMotives((user, item, motivations) ->
                        readings.put(List.of(user, item), new Reading(motivations, List.of())));
    }

    @Override
    public String id() {
        return id;
    }

    /**
     * Whether the file has a line of this review.
     *
     * @param review by its user and item
     * @return whether there is an answer
     */
    public boolean knows(Review review) {
        return readings.containsKey(key(review));
    }

    @Override
    public Reading read(Review review) {
        return Optional.ofNullable(readings.get(key(review))).orElse(new Reading(List.of(), List.of()));
    }

    private static List<String> key(Review review) {
        return List.of(review.userId(), review.itemId());
    }
}
