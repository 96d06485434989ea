package dev.lmmrec.core.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal. */
public final class Sha256 {

    private Sha256() {}

    /**
     * Names a content.
     *
     * @param bytes the content
     * @return 64 hexadecimal characters
     */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(begin().digest(bytes));
    }

    /**
     * Names a text.
     *
     * @param text the text, hashed in UTF-8
     * @return 64 hexadecimal characters
     */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Names what a digest was given.
     *
     * @param digest begins anew
     * @return 64 hexadecimal characters
     */
    public static String of(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Begins with nothing, for content that comes in parts.
     *
     * @return a digest
     */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
