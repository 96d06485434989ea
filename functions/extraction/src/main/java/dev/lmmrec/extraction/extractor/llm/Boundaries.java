package dev.lmmrec.extraction.extractor.llm;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Lines that no review can contain, since nobody can know them before. Safe for use by several threads. */
public final class Boundaries {

    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /** Makes a source of boundaries. */
    public Boundaries() {}

    /**
     * A boundary that was never used before.
     *
     * @return 32 hexadecimal characters
     */
    public String next() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
