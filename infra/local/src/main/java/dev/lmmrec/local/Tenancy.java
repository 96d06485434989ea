package dev.lmmrec.local;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One deployment at a time has a checkout's folder {@code .lmmrec}: its state lies there, and its addresses, by which
 * other commands find it.
 */
public final class Tenancy implements AutoCloseable {

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private Tenancy(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder.
     *
     * @param root the checkout's root
     * @return the tenancy, until it is closed or this process ends
     * @throws LocalException if another deployment has it
     * @throws IOException if the folder cannot be written
     */
    public static Tenancy of(Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve(".lmmrec"));
        FileChannel channel =
                FileChannel.open(folder.resolve("local.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new LocalException(
                    "a deployment of " + root + " is already up; its addresses are in " + folder.resolve("local.env"));
        }
        return new Tenancy(folder, channel, lock);
    }

    /**
     * Where a deployment keeps its files.
     *
     * @return a folder that may not exist yet
     */
    public Path state() {
        return folder.resolve("state");
    }

    /**
     * Where the addresses are, once they are published.
     *
     * @return the file
     */
    public Path addresses() {
        return folder.resolve("local.env");
    }

    /**
     * Lets other commands find the deployment.
     *
     * @param environment its addresses and names
     * @throws IOException if the file cannot be written
     */
    public void publish(Map<String, String> environment) throws IOException {
        String lines = environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining());
        Path draft = folder.resolve("local.env.draft");
        Files.writeString(draft, lines);
        // a reader sees all of it or nothing
        Files.move(draft, addresses(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives the folder up. A second call does nothing: the folder may be somebody else's by then. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            Files.deleteIfExists(addresses());
            lock.release();
            channel.close();
        }
    }
}
