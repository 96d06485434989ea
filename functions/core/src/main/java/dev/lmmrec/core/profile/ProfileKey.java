package dev.lmmrec.core.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lmmrec.core.motivation.Side;
import java.util.Locale;
import java.util.Objects;

/**
 * Names one user or one item; written {@code user#ID} or {@code item#ID}.
 *
 * @param side user or item
 * @param id the user's or item's id
 */
public record ProfileKey(Side side, String id) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public ProfileKey {
        Objects.requireNonNull(side, "side");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("the id of a profile key is empty");
        }
    }

    /**
     * The key of a user.
     *
     * @param userId the user
     * @return its key
     */
    public static ProfileKey user(String userId) {
        return new ProfileKey(Side.USER, userId);
    }

    /**
     * The key of an item.
     *
     * @param itemId the item
     * @return its key
     */
    public static ProfileKey item(String itemId) {
        return new ProfileKey(Side.ITEM, itemId);
    }

    /**
     * Reads the written form.
     *
     * @param key {@code user#ID} or {@code item#ID}
     * @return the key
     * @throws IllegalArgumentException if it is neither
     */
    @JsonCreator
    public static ProfileKey parse(String key) {
        int mark = key.indexOf('#');
        if (mark < 0) {
            throw new IllegalArgumentException("profile key '" + key + "' must be user#ID or item#ID");
        }
        return switch (key.substring(0, mark)) {
            case "user" -> user(key.substring(mark + 1));
            case "item" -> item(key.substring(mark + 1));
            default -> throw new IllegalArgumentException("profile key '" + key + "' must be user#ID or item#ID");
        };
    }

    @Override
    @JsonValue
    public String toString() {
        return side.name().toLowerCase(Locale.ROOT) + "#" + id;
    }
}
