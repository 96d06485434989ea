package dev.lmmrec.training.job;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.training.job.Snapshot.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps a folder in S3 so that another machine can go on from it.
 *
 * <p>Every changed file goes to an object of a new name; then the marker {@value #MARKER} is replaced, which is one
 * request and so happens or does not. Whoever restores sees the folder as it was at one moment: an upload that was cut
 * off has no marker. An attempt deletes only objects that it wrote itself, so that a machine that is still alive when
 * the next one has begun cannot take objects from under it.
 *
 * <p>One thread at a time.
 */
final class FolderMirror {

    /** The object that names all others. */
    static final String MARKER = "latest.json";

    private static final String OBJECTS = "files/";
    private static final int ATTEMPTS_MAX = 5;
    private static final ObjectMapper JSON = new JsonMapper();

    private final S3Folder kept;
    private final Path folder;
    private final Consumer<String> log;
    private final String attempt = UUID.randomUUID().toString();

    private Map<String, Stamp> mirrored = Map.of();
    private Snapshot latest = new Snapshot(0, List.of(), List.of());
    private final Set<String> own = new TreeSet<>();

    /**
     * Sets the two ends.
     *
     * @param kept where in S3; of this job alone
     * @param folder the local folder; need not exist yet
     * @param log gets a line for what a reader of the job's log should know
     */
    FolderMirror(S3Folder kept, Path folder, Consumer<String> log) {
        this.kept = kept;
        this.folder = folder.toAbsolutePath().normalize();
        this.log = log;
    }

    /** What tells a file from a later one of the same name without reading it. */
    private record Stamp(long bytes, FileTime changed, Object inode) {}

    /** A file as it was at the moment of the snapshot. */
    private record Copy(Path file, String sha256) {}

    /**
     * Puts the folder back as it was kept last, if it was.
     *
     * @return the number of the snapshot, or empty if the job begins anew
     * @throws IOException if S3 cannot be read, or the local folder is not empty
     */
    Optional<Integer> restore() throws IOException {
        if (!scan().isEmpty()) {
            throw new IOException(folder + " is not empty; a job restores its state into a folder of its own");
        }
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            Optional<byte[]> marker = kept.read(MARKER);
            if (marker.isEmpty()) {
                return Optional.empty();
            }
            Optional<Snapshot> found = parse(marker.get());
            if (found.isPresent() && fetchEither(found.get())) {
                mirrored = scan();
                return Optional.of(latest.number());
            }
            // while it was read, an attempt that is still alive may have replaced it and what it names
            if (kept.read(MARKER)
                    .filter(again -> Arrays.equals(again, marker.get()))
                    .isPresent()) {
                found.ifPresent(snapshot -> latest = new Snapshot(snapshot.number(), List.of(), List.of()));
                log.accept("nothing of " + kept.address() + " can be restored; the job begins anew");
                return Optional.empty();
            }
        }
        throw new IOException(kept.address() + MARKER + " changes all the time; does another attempt of the job run?");
    }

    private Optional<Snapshot> parse(byte[] marker) throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(marker, Snapshot.class));
        } catch (JacksonException e) {
            log.accept(kept.address() + MARKER + " is no marker: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    private boolean fetchEither(Snapshot snapshot) throws IOException {
        if (fetch(snapshot.files())) {
            latest = snapshot;
            return true;
        }
        if (!snapshot.before().isEmpty() && fetch(snapshot.before())) {
            log.accept("snapshot " + snapshot.number() + " is not whole; the one before is used");
            latest = new Snapshot(snapshot.number(), snapshot.before(), List.of());
            return true;
        }
        return false;
    }

    /** Downloads beside the folder and moves everything into its place at once, or nothing. */
    private boolean fetch(List<Kept> files) throws IOException {
        Path beside = Files.createTempDirectory(parent(), ".restored");
        try {
            for (Kept file : files) {
                Path target = beside.resolve(file.path()).normalize();
                if (!target.startsWith(beside) || target.equals(beside)) {
                    log.accept("'" + file.path() + "' lies outside the folder");
                    return false;
                }
                Files.createDirectories(target.getParent());
                if (!kept.download(file.object(), target)) {
                    log.accept(kept.address() + file.object() + " of " + file.path() + " is missing");
                    return false;
                }
                String found = sha256(target, OutputStream.nullOutputStream());
                if (!found.equals(file.sha256())) {
                    log.accept(kept.address() + file.object() + " of " + file.path() + " is damaged; expected SHA-256 "
                            + file.sha256() + ", found " + found);
                    return false;
                }
            }
            deleteAll(folder);
            Files.move(beside, folder);
            return true;
        } finally {
            deleteAll(beside);
        }
    }

    /**
     * Keeps the folder as it is now, if it has changed.
     *
     * @return whether there is a new snapshot; false also while the folder changes faster than it can be read
     * @throws IOException if S3 cannot be written; the snapshot before stays
     */
    boolean keep() throws IOException {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            Map<String, Stamp> seen = scan();
            if (seen.isEmpty() || seen.equals(mirrored)) {
                return false;
            }
            Path beside = Files.createTempDirectory(parent(), ".kept");
            try {
                Optional<Map<String, Copy>> copies = copyChanged(seen, beside);
                // only what did not change while it was copied belongs together
                if (copies.isPresent() && scan().equals(seen)) {
                    upload(seen, copies.get());
                    return true;
                }
            } finally {
                deleteAll(beside);
            }
        }
        return false;
    }

    /** Copies all but the files of which an own object is known to hold the same; empty if one has gone. */
    private Optional<Map<String, Copy>> copyChanged(Map<String, Stamp> seen, Path beside) throws IOException {
        Map<String, Copy> copies = new LinkedHashMap<>();
        Map<String, Kept> known = ownByPath();
        for (Map.Entry<String, Stamp> file : seen.entrySet()) {
            String path = file.getKey();
            if (known.containsKey(path) && file.getValue().equals(mirrored.get(path))) {
                continue;
            }
            Path target = beside.resolve(Integer.toString(copies.size()));
            try (OutputStream out = Files.newOutputStream(target)) {
                copies.put(path, new Copy(target, sha256(folder.resolve(path), out)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        return Optional.of(copies);
    }

    private void upload(Map<String, Stamp> seen, Map<String, Copy> copies) throws IOException {
        int number = latest.number() + 1;
        Map<String, Kept> known = ownByPath();
        List<Kept> files = new ArrayList<>();
        for (String path : seen.keySet()) {
            Copy copy = copies.get(path);
            Kept before = known.get(path);
            if (before != null && (copy == null || copy.sha256().equals(before.sha256()))) {
                files.add(before);
                continue;
            }
            String object = OBJECTS + attempt + "/" + number + "-" + files.size();
            // from now on, for an upload that is cut off may have happened
            own.add(object);
            kept.upload(object, copy.file());
            files.add(new Kept(path, object, copy.sha256(), Files.size(copy.file())));
        }
        Snapshot snapshot = new Snapshot(number, files, latest.files());
        kept.write(MARKER, JSON.writeValueAsBytes(snapshot));
        latest = snapshot;
        mirrored = seen;
        forget(snapshot);
    }

    /** Deletes own objects that neither the snapshot nor the one before names, also those of uploads cut off. */
    private void forget(Snapshot snapshot) throws IOException {
        Set<String> named = Stream.concat(snapshot.files().stream(), snapshot.before().stream())
                .map(Kept::object)
                .collect(Collectors.toSet());
        List<String> superseded =
                own.stream().filter(object -> !named.contains(object)).toList();
        kept.delete(superseded);
        superseded.forEach(own::remove);
    }

    /**
     * Deletes what is kept, for a job that is done.
     *
     * @throws IOException if S3 cannot be written
     */
    void clear() throws IOException {
        // the marker first: without it the rest means nothing
        kept.delete(List.of(MARKER));
        kept.delete(
                kept.list().stream().filter(name -> name.startsWith(OBJECTS)).toList());
    }

    /** The number of the latest snapshot, 0 before the first. */
    int number() {
        return latest.number();
    }

    /** What a former attempt wrote is written again: only own objects are sure to stay. */
    private Map<String, Kept> ownByPath() {
        return latest.files().stream()
                .filter(file -> own.contains(file.object()))
                .collect(Collectors.toMap(Kept::path, file -> file));
    }

    private Map<String, Stamp> scan() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Map.of();
        }
        Map<String, Stamp> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    found.put(
                            folder.relativize(path).toString().replace('\\', '/'),
                            new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
                }
            }
            return found;
        } catch (NoSuchFileException e) {
            return scan();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return scan();
            }
            throw e;
        }
    }

    private Path parent() throws IOException {
        return Files.createDirectories(Objects.requireNonNull(folder.getParent(), "the root is no job's folder"));
    }

    private static String sha256(Path file, OutputStream copy) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = Sha256.begin();
            new DigestInputStream(in, digest).transferTo(copy);
            return Sha256.of(digest);
        }
    }

    private static void deleteAll(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
