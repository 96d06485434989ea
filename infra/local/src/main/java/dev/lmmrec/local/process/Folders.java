package dev.lmmrec.local.process;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders that belong to us alone. */
public final class Folders {

    private static final String MARK = ".lmmrec-state";

    private Folders() {}

    /**
     * Takes a folder for a deployment, which deletes what it finds there: one that is new, empty, or was taken before
     * and given up.
     *
     * @param folder the folder, made if it does not exist
     * @return the folder, until it is closed
     * @throws IOException if it cannot be made, read or locked
     * @throws LocalException if somebody else's files are in it, or a deployment that is up has it
     */
    public static ClaimedFolder claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path mark = folder.resolve(MARK);
        if (!Files.exists(mark)) {
            try (Stream<Path> inside = Files.list(folder)) {
                Optional<Path> foreign = inside.findAny();
                if (foreign.isPresent()) {
                    throw new LocalException(folder + " holds " + foreign.get().getFileName() + ", and a deployment"
                            + " deletes what is in its folder: name one that is new or empty. One that an earlier"
                            + " version made has to be deleted first");
                }
            }
        }
        return new ClaimedFolder(folder, locked(folder, mark));
    }

    /** The mark, made if it does not exist, which whoever has the folder keeps locked. */
    private static FileChannel locked(Path folder, Path mark) throws IOException {
        FileChannel channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new LocalException(folder + " is the folder of a deployment that is up, and another one would delete"
                    + " what is in it: end that one or name another folder");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // the deployment is one of this process
            return false;
        }
    }

    /**
     * Deletes a folder with all that is in it; links are deleted, not followed.
     *
     * @param folder the folder, which need not exist
     * @throws IOException if something cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
