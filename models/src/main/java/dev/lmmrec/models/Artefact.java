package dev.lmmrec.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.models.Manifest.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A complete artefact in a directory, every file checked against the manifest. Whoever holds one may use its files
 * without a second look.
 */
public final class Artefact {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Path directory;
    private final Manifest manifest;
    private final String manifestSha256;

    private Artefact(Path directory, Manifest manifest, String manifestSha256) {
        this.directory = directory;
        this.manifest = manifest;
        this.manifestSha256 = manifestSha256;
    }

    /**
     * Seals a directory: measures every file that an artefact has and writes the manifest, atomically and last.
     *
     * @param directory holds all of {@link ArtefactFiles#REQUIRED}, any of {@link ArtefactFiles#OPTIONAL} and no
     *     manifest yet
     * @param manifest everything but the list of files, which is filled in here
     * @return the artefact
     * @throws IOException if a file is missing or cannot be read, or if there is a manifest already
     */
    public static Artefact seal(Path directory, Manifest manifest) throws IOException {
        Path target = directory.resolve(ArtefactFiles.MANIFEST);
        if (Files.exists(target)) {
            throw new IOException(target + " exists; an artefact never changes once written, choose another directory");
        }
        List<FileEntry> files = new ArrayList<>();
        for (String name : ArtefactFiles.REQUIRED) {
            Path file = directory.resolve(name);
            files.add(new FileEntry(name, Checksum.of(file), Files.size(file)));
        }
        for (String name : ArtefactFiles.OPTIONAL) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                files.add(new FileEntry(name, Checksum.of(file), Files.size(file)));
            }
        }
        byte[] bytes = JSON.writeValueAsBytes(manifest.withFiles(files));
        Path draft = directory.resolve(ArtefactFiles.MANIFEST + ".draft");
        Files.write(draft, bytes);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        return new Artefact(directory, manifest.withFiles(files), Checksum.of(bytes));
    }

    /**
     * Opens and verifies an artefact.
     *
     * @param directory where it lies
     * @return the artefact, verified
     * @throws DamagedArtefactException if a file is missing, has another size or another checksum, or if the manifest
     *     is no manifest of this contract
     * @throws IOException if reading fails
     */
    public static Artefact open(Path directory) throws IOException, DamagedArtefactException {
        return open(directory, name -> true);
    }

    /**
     * Opens an artefact of which only some files are there, and verifies these.
     *
     * @param directory where it lies
     * @param used tells by name which of its files will be used
     * @return the artefact; files that will not be used are unverified or missing
     * @throws DamagedArtefactException as {@link #open(Path)} does, for the manifest and the files that will be used
     * @throws IOException if reading fails
     */
    static Artefact open(Path directory, Predicate<String> used) throws IOException, DamagedArtefactException {
        Path file = directory.resolve(ArtefactFiles.MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new DamagedArtefactException("artefact file " + file + " is missing");
        }
        byte[] bytes = Files.readAllBytes(file);
        Manifest manifest = parse(bytes, file.toString());
        List<String> names = manifest.files().stream().map(FileEntry::name).toList();
        for (String required : ArtefactFiles.REQUIRED) {
            if (!names.contains(required)) {
                throw new DamagedArtefactException(file + " does not list " + required);
            }
        }
        for (FileEntry entry : manifest.files()) {
            if (used.test(entry.name())) {
                verify(directory, entry);
            }
        }
        return new Artefact(directory, manifest, Checksum.of(bytes));
    }

    /**
     * Reads a manifest.
     *
     * @param bytes its JSON
     * @param where for error messages: where it was found
     * @return the manifest
     * @throws DamagedArtefactException if it is none, or of another contract
     */
    static Manifest parse(byte[] bytes, String where) throws DamagedArtefactException {
        try {
            int format = JSON.readTree(bytes).path("formatVersion").asInt(-1);
            if (format != Manifest.FORMAT_VERSION) {
                throw new DamagedArtefactException(where + " has formatVersion " + format + ", this code reads "
                        + Manifest.FORMAT_VERSION + "; train again or deploy the matching functions");
            }
            return JSON.readValue(bytes, Manifest.class);
        } catch (JacksonException e) {
            throw new DamagedArtefactException(where + " is no manifest: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DamagedArtefactException(where + " cannot be parsed: " + e.getMessage(), e);
        }
    }

    private static void verify(Path directory, FileEntry entry) throws IOException, DamagedArtefactException {
        Path file = directory.resolve(entry.name()).normalize();
        if (!directory.normalize().equals(file.getParent())) {
            throw new DamagedArtefactException("artefact file '" + entry.name() + "' lies outside " + directory);
        }
        if (!Files.isRegularFile(file)) {
            throw new DamagedArtefactException(
                    "artefact file " + file + " is missing; expected SHA-256 " + entry.sha256() + ", found nothing");
        }
        long bytes = Files.size(file);
        String found = Checksum.of(file);
        if (bytes != entry.bytes() || !found.equals(entry.sha256())) {
            throw new DamagedArtefactException("artefact file " + file + " is damaged; expected SHA-256 "
                    + entry.sha256() + " and " + entry.bytes() + " bytes, found SHA-256 " + found + " and " + bytes
                    + " bytes");
        }
    }

    /**
     * Where it lies.
     *
     * @return the directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * What it is.
     *
     * @return the manifest
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * The checksum that the pointer carries, so that no other manifest can take this one's place.
     *
     * @return SHA-256 of the manifest's bytes, hexadecimal
     */
    public String manifestSha256() {
        return manifestSha256;
    }

    /**
     * Tells whether it has one of the files that not every artefact has.
     *
     * @param name one of {@link ArtefactFiles}
     * @return whether the manifest lists it
     */
    public boolean has(String name) {
        return manifest.files().stream().anyMatch(entry -> entry.name().equals(name));
    }

    /**
     * One of its files.
     *
     * @param name one of {@link ArtefactFiles}
     * @return its path
     */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /**
     * The user ids, in the order of their indices.
     *
     * @return one id per user
     * @throws IOException if reading fails
     */
    public List<String> users() throws IOException {
        return Files.readAllLines(file(ArtefactFiles.USERS), StandardCharsets.UTF_8);
    }

    /**
     * The item ids, in the order of their indices.
     *
     * @return one id per item
     * @throws IOException if reading fails
     */
    public List<String> items() throws IOException {
        return Files.readAllLines(file(ArtefactFiles.ITEMS), StandardCharsets.UTF_8);
    }

    /**
     * The names of the kinds of things, in the order of the items.
     *
     * @return most frequent first, possibly none, for each item
     * @throws IOException if reading fails
     */
    public List<List<String>> itemKinds() throws IOException {
        return Files.readAllLines(file(ArtefactFiles.ITEM_KINDS), StandardCharsets.UTF_8).stream()
                .map(line -> line.isBlank() ? List.<String>of() : List.of(line.split(ArtefactFiles.KIND_SEPARATOR)))
                .toList();
    }

    /**
     * How strongly each item speaks for each kind of reason, in the order of the items.
     *
     * @return strengths by facet for each item
     * @throws IOException if reading fails
     * @throws DamagedArtefactException if the file has anything but such strengths
     */
    public List<Map<String, Double>> itemFacets() throws IOException, DamagedArtefactException {
        List<Map<String, Double>> items = new ArrayList<>();
        for (String line : Files.readAllLines(file(ArtefactFiles.ITEM_FACETS), StandardCharsets.UTF_8)) {
            try {
                items.add(Stream.of(line.split(" "))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.split("=", 2))
                        .collect(Collectors.toMap(word -> word[0], word -> Double.parseDouble(word[1]))));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new DamagedArtefactException(
                        file(ArtefactFiles.ITEM_FACETS) + " has '" + line + "' in line " + (items.size() + 1)
                                + ", must be facets with strengths",
                        e);
            }
        }
        return items;
    }

    /**
     * What training knew of users' histories, in the order of the users.
     *
     * @return for each user the indices of items
     * @throws IOException if reading fails
     * @throws DamagedArtefactException if the file has anything but such indices
     */
    public List<int[]> userHistories() throws IOException, DamagedArtefactException {
        List<int[]> histories = new ArrayList<>();
        for (String line : Files.readAllLines(file(ArtefactFiles.USER_HISTORIES), StandardCharsets.UTF_8)) {
            try {
                histories.add(
                        line.isBlank()
                                ? new int[0]
                                : Stream.of(line.split(" "))
                                        .mapToInt(Integer::parseInt)
                                        .toArray());
            } catch (NumberFormatException e) {
                throw new DamagedArtefactException(
                        file(ArtefactFiles.USER_HISTORIES) + " has '" + line + "' in line " + (histories.size() + 1)
                                + ", must be indices of items",
                        e);
            }
        }
        return histories;
    }

    /**
     * What each item of a history contributes to a user's row, in the order of the items.
     *
     * @return {@code [n, interaction + words]}, mapped
     * @throws IOException if reading fails
     * @throws DamagedArtefactException if the file is no such matrix, or not of the manifest's size
     */
    public FloatMatrix historyVectors() throws IOException, DamagedArtefactException {
        return matrix(
                ArtefactFiles.HISTORY_VECTORS,
                manifest.dims().interaction() + manifest.dims().words());
    }

    /**
     * The vectors of the items, in their order: interaction vector, aligned text vector, popularity.
     *
     * @return {@code [n, w]}, mapped
     * @throws IOException if reading fails
     * @throws DamagedArtefactException if the file is no such matrix, or not of the manifest's size
     */
    public FloatMatrix itemVectors() throws IOException, DamagedArtefactException {
        return matrix(ArtefactFiles.ITEM_VECTORS, manifest.dims().query());
    }

    /**
     * What was taken off the aligned vectors of the items.
     *
     * @return {@code [d]}; empty if the artefact does not say
     * @throws IOException if reading fails
     * @throws DamagedArtefactException if the file is no such matrix, or not of the manifest's size
     */
    public Optional<float[]> itemCentre() throws IOException, DamagedArtefactException {
        return has(ArtefactFiles.ITEM_CENTRE)
                ? Optional.of(
                        matrix(ArtefactFiles.ITEM_CENTRE, 1, manifest.dims().aligned())
                                .row(0))
                : Optional.empty();
    }

    private FloatMatrix matrix(String name, int columns) throws IOException, DamagedArtefactException {
        return matrix(name, manifest.items(), columns);
    }

    private FloatMatrix matrix(String name, int rows, int columns) throws IOException, DamagedArtefactException {
        FloatMatrix matrix = FloatMatrix.map(file(name));
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new DamagedArtefactException(file(name) + " is " + matrix.rows() + " × " + matrix.columns()
                    + ", the manifest says " + rows + " × " + columns);
        }
        return matrix;
    }
}
