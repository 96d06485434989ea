package dev.lmmrec.core.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are there whole or not at all: one is written beside its place and moved there at once, so that a program
 * that ends at any moment leaves the file before or the new one, never half of one.
 */
public final class WholeFile {

    private WholeFile() {}

    /** Writes what is to be in a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes everything.
         *
         * @param out buffered; may be closed or not
         * @throws IOException if it cannot be written; the file stays as it was
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes or replaces a file.
     *
     * @param file where it goes; its folder exists
     * @param content what is to be in it
     * @throws IOException if it cannot be written; the file stays as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path draft = draftOf(file);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                content.writeTo(out);
            }
            finish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Where a file is written before it is whole. Its name is the same in every run: what a killed run left is replaced
     * by the next.
     *
     * @param file the file
     * @return a path in the same folder, so that a move is a change of name
     */
    public static Path draftOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".unfinished");
    }

    /**
     * Gives a draft the file's name, at once.
     *
     * @param draft all of the content
     * @param file replaced if it exists
     * @throws IOException if it cannot be moved; the file stays as it was
     */
    public static void finish(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
