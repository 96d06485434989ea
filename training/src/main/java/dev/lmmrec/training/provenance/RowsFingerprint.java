package dev.lmmrec.training.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.motivation.ReviewMotivations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Names everything that training may read of rows: reviews, motivations, kinds and sentence vectors; neither their
 * order nor when they were received.
 */
public final class RowsFingerprint {

    private static final ObjectMapper JSON = new JsonMapper();

    private RowsFingerprint() {}

    /**
     * Computes it.
     *
     * @param rows one per review
     * @return SHA-256, hexadecimal
     */
    public static String of(Collection<ReviewMotivations> rows) {
        MessageDigest digest = Sha256.begin();
        List<ReviewMotivations> sorted = rows.stream()
                .sorted(Comparator.comparing(ReviewMotivations::reviewId))
                .toList();
        for (ReviewMotivations row : sorted) {
            update(digest, row.reviewId());
            update(digest, row.review().contentHash());
            update(digest, json(row.motivations()));
            update(digest, json(row.kind()));
            update(digest, json(row.vectors().orElse(null)));
        }
        return Sha256.of(digest);
    }

    private static void update(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        // so that no two lists of parts run together to the same bytes
        digest.update((byte) 0);
    }

    private static String json(Object part) {
        try {
            return JSON.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows are written as JSON everywhere", e);
        }
    }
}
