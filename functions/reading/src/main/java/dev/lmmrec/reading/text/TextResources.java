package dev.lmmrec.reading.text;

import dev.lmmrec.core.digest.Sha256;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text resources of the class path, with a fingerprint of all that was read. */
public final class TextResources {

    private final MessageDigest digest = Sha256.begin();

    /**
     * Reads a resource.
     *
     * @param beside the class in whose package it lies
     * @param name its file name
     * @return its lines
     * @throws IOException if it is missing or cannot be read
     */
    public BufferedReader open(Class<?> beside, String name) throws IOException {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no resource " + name + " beside " + beside.getName());
            }
            byte[] bytes = stream.readAllBytes();
            digest.update(bytes);
            return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads the cues.
     *
     * @return the classes of {@code cues.txt}
     * @throws IOException if they cannot be read
     */
    public Cues cues() throws IOException {
        return Cues.read(open(Cues.class, "cues.txt"));
    }

    /**
     * Reads the verbs.
     *
     * @return those of {@code verbs.tsv}
     * @throws IOException if they cannot be read
     */
    public Verbs verbs() throws IOException {
        return Verbs.read(open(Verbs.class, "verbs.tsv"));
    }

    /**
     * Tells whether something else was read.
     *
     * @return 12 hexadecimal digits of a SHA-256 over everything read so far
     */
    public String fingerprint() {
        try {
            return Sha256.of((MessageDigest) digest.clone()).substring(0, 12);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 cannot be read out", e);
        }
    }
}
