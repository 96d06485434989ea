package dev.lmmrec.core.intake;

import dev.lmmrec.core.digest.Sha256;

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
        return Sha256.of(content).substring(0, LENGTH);
    }
}
