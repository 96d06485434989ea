package dev.lmmrec.local.process;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders that belong to us alone. */
public final class Folders {

    private static final String MARK = ".lmmrec-state";

    private Folders() {}

    /**
     * Takes a folder for a deployment, which deletes what it finds there: one that is new, empty, or was taken before.
     *
     * @param folder the folder, made if it does not exist
     * @return the folder
     * @throws IOException if it cannot be made or read
     * @throws LocalException if somebody else's files are in it
     */
    public static Path claim(Path folder) throws IOException {
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
            Files.createFile(mark);
        }
        return folder;
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
