package dev.lmmrec.local;

import dev.lmmrec.local.failure.LocalException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the checkout is that a command runs in. */
public final class RepositoryRoot {

    private static final String DESCRIPTION = "infra/deployment.json";

    private RepositoryRoot() {}

    /**
     * Finds the root.
     *
     * @param from a folder
     * @return the folder itself or the nearest above that holds the deployment's description
     * @throws LocalException if there is none
     */
    public static Path above(Path from) {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(DESCRIPTION))) {
                return folder;
            }
        }
        throw new LocalException(
                "no " + DESCRIPTION + " in " + from + " or above: run it inside the repository, or give --root");
    }
}
