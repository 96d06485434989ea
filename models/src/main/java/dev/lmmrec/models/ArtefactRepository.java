package dev.lmmrec.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.models.Manifest.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The versions of a deployment's artefacts, {@code VERSION/FILE} each, and the pointer {@code current.json} to the
 * promoted one. Versions never change once written; the pointer is swapped by one atomic write.
 */
public final class ArtefactRepository {

    private static final String CURRENT = "current.json";

    private final ObjectStore objects;
    private final Clock clock;
    private final ObjectMapper json = new JsonMapper();

    /**
     * Opens a repository.
     *
     * @param objects where it is kept
     * @param clock dates promotions
     */
    public ArtefactRepository(ObjectStore objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Uploads an artefact. It is not used before it is promoted. To publish the same artefact again changes nothing.
     *
     * @param artefact a verified artefact
     * @throws IOException if another artefact has this version already or the store cannot be written
     */
    public void publish(Artefact artefact) throws IOException {
        String version = artefact.manifest().version();
        for (FileEntry entry : artefact.manifest().files()) {
            objects.create(key(version, entry.name()), artefact.file(entry.name()));
        }
        // the manifest last: without it there is no such version
        Path manifest = artefact.file(ArtefactFiles.MANIFEST);
        // a client that tries again after a lost answer finds what it has written itself
        if (!objects.create(key(version, ArtefactFiles.MANIFEST), manifest)
                && !Arrays.equals(
                        Files.readAllBytes(manifest),
                        objects.read(key(version, ArtefactFiles.MANIFEST)).orElse(null))) {
            throw new IOException("artefact version " + version + " exists already in " + objects.location()
                    + "; a version never changes once written");
        }
    }

    /**
     * Downloads and verifies a version.
     *
     * @param version the version
     * @param directory an existing empty directory to put it in
     * @return the artefact
     * @throws DamagedArtefactException if a file is missing or not what the manifest says
     * @throws IOException if the store cannot be read
     */
    public Artefact fetch(String version, Path directory) throws IOException, DamagedArtefactException {
        return fetch(version, directory, name -> true);
    }

    private Artefact fetch(String version, Path directory, Predicate<String> used)
            throws IOException, DamagedArtefactException {
        String manifestKey = key(version, ArtefactFiles.MANIFEST);
        byte[] bytes = objects.read(manifestKey)
                .orElseThrow(() -> new DamagedArtefactException(
                        "artefact version " + version + " is not in " + objects.location()));
        Manifest manifest = Artefact.parse(bytes, objects.location() + "/" + manifestKey);
        Files.write(directory.resolve(ArtefactFiles.MANIFEST), bytes);
        for (FileEntry entry : manifest.files()) {
            if (!ArtefactFiles.REQUIRED.contains(entry.name()) && !ArtefactFiles.OPTIONAL.contains(entry.name())) {
                throw new DamagedArtefactException(
                        manifestKey + " lists '" + entry.name() + "', which no artefact of this contract has");
            }
            if (used.test(entry.name())
                    && !objects.download(key(version, entry.name()), directory.resolve(entry.name()))) {
                throw new DamagedArtefactException("artefact file " + objects.location() + "/"
                        + key(version, entry.name()) + " is missing; expected SHA-256 " + entry.sha256()
                        + ", found nothing");
            }
        }
        return Artefact.open(directory, used);
    }

    /**
     * Reads what a version is, without its other files.
     *
     * @param version the version
     * @return its manifest
     * @throws DamagedArtefactException if there is no such version or its manifest is damaged
     * @throws IOException if the store cannot be read
     */
    public Manifest manifest(String version) throws IOException, DamagedArtefactException {
        String manifestKey = key(version, ArtefactFiles.MANIFEST);
        byte[] bytes = objects.read(manifestKey)
                .orElseThrow(() -> new DamagedArtefactException(
                        "artefact version " + version + " is not in " + objects.location()));
        return Artefact.parse(bytes, objects.location() + "/" + manifestKey);
    }

    /**
     * Downloads and verifies the version a pointer names, as far as it will be used. What was promoted was verified
     * whole before.
     *
     * @param pointer the pointer
     * @param directory an existing empty directory to put it in
     * @param used tells by name which files will be used
     * @return the artefact; other files are not there
     * @throws DamagedArtefactException if a file or the manifest is not what it should be
     * @throws IOException if the store cannot be read
     */
    public Artefact fetch(Pointer pointer, Path directory, Predicate<String> used)
            throws IOException, DamagedArtefactException {
        Artefact artefact = fetch(pointer.version(), directory, used);
        if (!artefact.manifestSha256().equals(pointer.manifestSha256())) {
            throw new DamagedArtefactException("artefact file " + key(pointer.version(), ArtefactFiles.MANIFEST)
                    + " is damaged; expected SHA-256 " + pointer.manifestSha256() + ", found SHA-256 "
                    + artefact.manifestSha256());
        }
        return artefact;
    }

    /**
     * Reads the pointer.
     *
     * @return the pointer, if any version was ever promoted
     * @throws IOException if the store cannot be read or the pointer is damaged
     */
    public Optional<Pointer> current() throws IOException {
        Optional<byte[]> bytes = objects.read(CURRENT);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Pointer pointer = json.readValue(bytes.get(), Pointer.class);
            if (pointer == null) {
                throw new IOException(objects.location() + "/" + CURRENT + " is no pointer: it holds null");
            }
            return Optional.of(pointer);
        } catch (JacksonException e) {
            throw new IOException(objects.location() + "/" + CURRENT + " is no pointer: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Makes a version the current one, after verifying all of it.
     *
     * @param version a published version
     * @return the new pointer
     * @throws DamagedArtefactException if the version is missing or damaged; the pointer stays as it is
     * @throws IOException if the store cannot be read or written
     */
    public Pointer promote(String version) throws IOException, DamagedArtefactException {
        Path directory = Files.createTempDirectory("lmmrec-promote");
        try {
            Artefact artefact = fetch(version, directory);
            String previous = current()
                    .map(pointer -> pointer.version().equals(version) ? pointer.previous() : pointer.version())
                    .orElse(null);
            Pointer pointer = new Pointer(
                    version,
                    artefact.manifestSha256(),
                    previous,
                    clock.instant().toString());
            objects.replace(CURRENT, json.writeValueAsBytes(pointer));
            return pointer;
        } finally {
            deleteFlat(directory);
        }
    }

    /**
     * Goes back to the version before the current one.
     *
     * @return the new pointer
     * @throws IOException if there is no version before, or the store cannot be read or written
     * @throws DamagedArtefactException if the version before is missing or damaged; the pointer stays as it is
     */
    public Pointer rollback() throws IOException, DamagedArtefactException {
        String previous = current()
                .map(Pointer::previous)
                .orElseThrow(() ->
                        new IOException("there is no previous version in " + objects.location() + " to go back to"));
        return promote(previous);
    }

    private static String key(String version, String file) {
        if (!Manifest.VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("'" + version + "' is no artefact version");
        }
        return version + "/" + file;
    }

    static void deleteFlat(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
