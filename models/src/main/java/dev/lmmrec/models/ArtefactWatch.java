package dev.lmmrec.models;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a running function on the promoted artefact: looks at the pointer now and then, and loads what it names. A
 * version that cannot be fetched, verified or loaded is refused, and the function keeps the one it has; it is tried
 * again after pauses that grow, or as soon as it is promoted anew.
 *
 * @param <T> what an artefact is loaded into
 */
public final class ArtefactWatch<T extends AutoCloseable> implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ArtefactWatch.class.getName());

    /** The longest pause between two tries: what is large and stays broken must not be fetched at every look. */
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private final ArtefactRepository repository;
    private final Set<String> files;
    private final Loader<T> loader;
    private final Duration interval;
    private final Clock clock;

    private Instant lookAgainAt = Instant.MIN;
    private Optional<Loaded<T>> current = Optional.empty();
    private Optional<Loaded<T>> retired = Optional.empty();
    private Optional<Refused> refused = Optional.empty();

    /**
     * Makes a watch; nothing is fetched before the first {@link #current()}.
     *
     * @param repository where artefacts are
     * @param files names of the files that the loader reads; no others are fetched
     * @param loader makes an artefact usable
     * @param interval how long a look at the pointer lasts
     * @param clock measures the interval
     */
    public ArtefactWatch(
            ArtefactRepository repository, Set<String> files, Loader<T> loader, Duration interval, Clock clock) {
        this.repository = repository;
        this.files = Set.copyOf(files);
        this.loader = loader;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * What is promoted, as far as it could be loaded. What was returned stays open until two newer versions have been
     * loaded after it, so that a request under way can finish.
     *
     * @return the loaded artefact; empty while none was ever promoted or usable
     */
    public synchronized Optional<T> current() {
        if (!clock.instant().isBefore(lookAgainAt)) {
            lookAgainAt = clock.instant().plus(interval);
            try {
                Optional<Pointer> pointer = repository.current();
                if (pointer.isPresent() && !isLoaded(pointer.get())) {
                    tryToLoad(pointer.get());
                }
            } catch (IOException | RuntimeException e) {
                // whatever is wrong with it, requests go on with the one that works
                tellRefused(e.getMessage());
            }
        }
        return current.map(Loaded::content);
    }

    /**
     * What the last look found, without another look.
     *
     * @return the loaded artefact, if there is one
     */
    public synchronized Optional<T> inUse() {
        return current.map(Loaded::content);
    }

    private boolean isLoaded(Pointer pointer) {
        return current.filter(loaded -> loaded.manifestSha256().equals(pointer.manifestSha256()))
                .isPresent();
    }

    private void tryToLoad(Pointer pointer) {
        Optional<Refused> before = refused.filter(known -> known.pointer().equals(pointer));
        if (before.isPresent() && clock.instant().isBefore(before.get().againAt())) {
            // told at each look, though it is not tried: it is still so
            tellRefused(before.get().why());
            return;
        }
        try {
            load(pointer);
            refused = Optional.empty();
        } catch (DamagedArtefactException | IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            // one that asks for another library or for more memory than there is costs no request either
            Duration pause = before.map(known -> grown(known.pause())).orElse(interval);
            String why = e instanceof Error ? e.toString() : e.getMessage();
            refused = Optional.of(new Refused(pointer, clock.instant().plus(pause), pause, why));
            tellRefused(why);
        }
    }

    private static Duration grown(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
    }

    private void tellRefused(String why) {
        LOG.log(Level.ERROR, "the promoted artefact was refused, " + running() + ": " + why);
    }

    private void load(Pointer pointer) throws IOException, DamagedArtefactException {
        Path directory = Files.createTempDirectory("lmmrec-artefact");
        try {
            Artefact artefact = repository.fetch(pointer, directory, files::contains);
            T content = loader.load(artefact);
            retired.ifPresent(ArtefactWatch::close);
            retired = current;
            current = Optional.of(new Loaded<>(pointer.version(), pointer.manifestSha256(), content));
            LOG.log(Level.INFO, "artefact " + pointer.version() + " is loaded");
        } finally {
            ArtefactRepository.deleteFlat(directory);
        }
    }

    private String running() {
        return current.map(loaded -> "artefact " + loaded.version() + " stays in use")
                .orElse("no artefact is in use");
    }

    private static void close(Loaded<? extends AutoCloseable> loaded) {
        try {
            loaded.content().close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "artefact " + loaded.version() + " was not closed: " + e.getMessage());
        }
    }

    /** Closes what is loaded. */
    @Override
    public synchronized void close() {
        retired.ifPresent(ArtefactWatch::close);
        current.ifPresent(ArtefactWatch::close);
        retired = Optional.empty();
        current = Optional.empty();
    }

    /** A promotion that could not be loaded, and when it is tried again. */
    private record Refused(Pointer pointer, Instant againAt, Duration pause, String why) {}

    private record Loaded<T extends AutoCloseable>(String version, String manifestSha256, T content) {}

    /**
     * Makes an artefact usable.
     *
     * @param <T> what it is loaded into
     */
    @FunctionalInterface
    public interface Loader<T> {

        /**
         * Loads an artefact. Its directory is deleted afterwards.
         *
         * @param artefact verified
         * @return what it was loaded into
         * @throws IOException if a file cannot be read
         * @throws DamagedArtefactException if a file is not what the contract says
         */
        T load(Artefact artefact) throws IOException, DamagedArtefactException;
    }
}
