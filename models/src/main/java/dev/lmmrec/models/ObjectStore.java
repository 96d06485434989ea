package dev.lmmrec.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a repository keeps its objects. A reader sees an object whole, old or new, never half. */
public interface ObjectStore {

    /**
     * Reads a small object.
     *
     * @param key its key, with slashes
     * @return its bytes, if it exists
     * @throws IOException if the store cannot be read
     */
    Optional<byte[]> read(String key) throws IOException;

    /**
     * Copies an object into a file.
     *
     * @param key its key
     * @param target a file that does not exist yet
     * @return false if there is no such object
     * @throws IOException if the store cannot be read or the file not be written
     */
    boolean download(String key, Path target) throws IOException;

    /**
     * Writes an object that must not exist yet.
     *
     * @param key its key
     * @param source its content
     * @return false if there is one already, and nothing was written
     * @throws IOException if the store cannot be written
     */
    boolean create(String key, Path source) throws IOException;

    /**
     * Writes or replaces a small object, atomically.
     *
     * @param key its key
     * @param content its bytes
     * @throws IOException if the store cannot be written
     */
    void replace(String key, byte[] content) throws IOException;

    /**
     * Says where this is, for messages.
     *
     * @return a folder or bucket
     */
    String location();
}
