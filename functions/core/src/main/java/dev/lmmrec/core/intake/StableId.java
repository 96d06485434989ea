package dev.lmmrec.core.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A review id for sources that have none: the same review read twice gets the same id. */
final class StableId {

    private static final int LENGTH = 32;

    private StableId() {}

    /**
     * Makes the id.
     *
     * @return 32 hexadecimal characters that depend on all four, or null where user, item or time is missing
     */
    static String of(String source, String userId, String itemId, Long time) {
        if (userId == null || itemId == null || time == null) {
            return null;
        }
        String content = String.join("\u0000", source == null ? "" : source, userId, itemId, Long.toString(time));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
