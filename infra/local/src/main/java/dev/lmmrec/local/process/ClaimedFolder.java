package dev.lmmrec.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A folder that nobody else can claim until it is given up or this process ends. */
public final class ClaimedFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel locked;

    ClaimedFolder(Path path, FileChannel locked) {
        this.path = path;
        this.locked = locked;
    }

    /**
     * Where it is.
     *
     * @return the folder
     */
    public Path path() {
        return path;
    }

    /** Gives the folder up; what is in it stays. */
    @Override
    public void close() throws IOException {
        locked.close();
    }
}
