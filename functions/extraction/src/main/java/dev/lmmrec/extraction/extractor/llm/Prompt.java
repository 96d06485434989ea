package dev.lmmrec.extraction.extractor.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The prompt's fingerprint: another prompt is another extractor. */
final class Prompt {

    private static final int FINGERPRINT_LENGTH = 12;

    private Prompt() {}

    /**
     * The beginning of the SHA-256 of both prompt resources.
     *
     * @return 12 hexadecimal characters
     */
    static String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(read(MotivationModel.SYSTEM_PROMPT));
            digest.update(read(MotivationModel.REVIEW_PROMPT));
            return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the prompt cannot be read", e);
        }
    }

    private static byte[] read(String resource) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream stream = loader.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("no resource " + resource);
            }
            return stream.readAllBytes();
        }
    }
}
