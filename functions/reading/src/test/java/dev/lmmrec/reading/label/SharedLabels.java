package dev.lmmrec.reading.label;

import dev.lmmrec.core.testing.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Real reviews with their labels, among the real data beside the repository. */
public final class SharedLabels {

    private SharedLabels() {}

    /**
     * Labelled reviews; the test is skipped where there are none.
     *
     * @param motives name of the file of motives
     * @param reviews name of the folder of reviews
     * @return all of them
     * @throws IOException if they cannot be read
     */
    public static List<LabelledReview> read(String motives, String reviews) throws IOException {
        return new LabelFile(SharedData.find("motives/" + motives + ".jsonl.gz"))
                .read(Optional.of(SharedData.find(reviews + "/reviews.jsonl.gz")));
    }
}
