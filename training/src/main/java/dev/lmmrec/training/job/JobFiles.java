package dev.lmmrec.training.job;

import dev.lmmrec.training.data.RefusedInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stands local files in for the S3 addresses among a command's arguments: what it reads is downloaded before it runs,
 * what it writes is uploaded when it is done.
 */
final class JobFiles {

    /** Options whose value a command writes to; an address anywhere else is read from. */
    private static final Set<String> WRITTEN = Set.of("--out", "--json");

    private static final String ROWS = "--rows";
    private static final String COMPRESSED = ".gz";

    private final S3Client s3;
    private final Path inputs;
    private final Map<Path, S3Address> written = new LinkedHashMap<>();

    /**
     * Sets the local side.
     *
     * @param s3 the client, owned by the caller
     * @param inputs the folder for what is downloaded; a fresh one for each job
     */
    JobFiles(S3Client s3, Path inputs) {
        this.s3 = s3;
        this.inputs = inputs;
    }

    /**
     * Downloads what is read and says where to write.
     *
     * @param words the command and its arguments; an option and its value may be one word with {@code =}
     * @param out the folder for what is written
     * @return the same words with local paths
     * @throws RefusedInputException if an address is none, or nothing is there
     * @throws IOException if S3 cannot be read or the disk not be written
     */
    List<String> localise(List<String> words, Path out) throws IOException, RefusedInputException {
        List<String> local = new ArrayList<>();
        String option = "";
        for (String word : words) {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? option : word.substring(0, equals);
            String value = word.substring(equals + 1);
            String stand = S3Address.isMeantBy(value)
                    ? standIn(name, S3Address.parse(value), out).toString()
                    : value;
            local.add(equals < 0 ? stand : name + "=" + stand);
            option = word;
        }
        return local;
    }

    private Path standIn(String option, S3Address address, Path out) throws IOException, RefusedInputException {
        if (WRITTEN.contains(option)) {
            Path target = out.resolve(option.substring(2)).resolve(address.name());
            Files.createDirectories(target.getParent());
            written.put(target, address);
            return target;
        }
        Path place = Files.createDirectories(inputs.resolve(Integer.toString(fetched())));
        if (!address.isFolder()) {
            Path target = place.resolve(address.name());
            S3Address parent = new S3Address(
                    address.bucket(),
                    address.key()
                            .substring(
                                    0, address.key().length() - address.name().length()));
            if (!new S3Folder(s3, parent).download(address.name(), target)) {
                throw new RefusedInputException(
                        "there is no object " + address + "; for all objects below a prefix, end it with a slash");
            }
            return target;
        }
        List<Path> files = fetch(address, place);
        return option.equals(ROWS) ? joined(address, files, inputs) : place;
    }

    private int fetched() throws IOException {
        Files.createDirectories(inputs);
        try (Stream<Path> folders = Files.list(inputs)) {
            return (int) folders.count();
        }
    }

    private List<Path> fetch(S3Address address, Path place) throws IOException, RefusedInputException {
        S3Folder folder = new S3Folder(s3, address);
        List<Path> files = new ArrayList<>();
        for (String name : folder.list()) {
            Path target = place.resolve(name).normalize();
            if (!target.startsWith(place)) {
                throw new RefusedInputException("object " + address + name + " would lie outside the job's folder");
            }
            Files.createDirectories(target.getParent());
            if (!folder.download(name, target)) {
                throw new RefusedInputException("object " + address + name + " was deleted while it was downloaded");
            }
            files.add(target);
        }
        if (files.isEmpty()) {
            throw new RefusedInputException("there is no object below " + address);
        }
        return files;
    }

    /** An export of many objects is one file of rows: lines can be put one after the other, and so can gzip members. */
    private static Path joined(S3Address address, List<Path> files, Path inputs)
            throws IOException, RefusedInputException {
        long compressed = files.stream()
                .filter(file -> file.toString().endsWith(COMPRESSED))
                .count();
        if (compressed != 0 && compressed != files.size()) {
            throw new RefusedInputException("of " + files.size() + " objects below " + address + ", " + compressed
                    + " end in " + COMPRESSED + "; compress all of them or none");
        }
        Path all = inputs.resolve(compressed == 0 ? "rows.jsonl" : "rows.jsonl" + COMPRESSED);
        try (OutputStream out = Files.newOutputStream(all)) {
            for (Path file : files) {
                Files.copy(file, out);
                if (compressed == 0) {
                    out.write('\n');
                }
            }
        }
        return all;
    }

    /**
     * Uploads what was written.
     *
     * @return the addresses that got something
     * @throws IOException if S3 cannot be written
     */
    List<S3Address> upload() throws IOException {
        List<S3Address> uploaded = new ArrayList<>();
        for (Map.Entry<Path, S3Address> entry : written.entrySet()) {
            Path path = entry.getKey();
            S3Address address = entry.getValue();
            if (Files.isDirectory(path)) {
                S3Folder folder = new S3Folder(s3, address);
                try (Stream<Path> all = Files.walk(path)) {
                    for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                        folder.upload(path.relativize(file).toString().replace('\\', '/'), file);
                    }
                }
                uploaded.add(address);
            } else if (Files.exists(path)) {
                String parent = address.key()
                        .substring(0, address.key().length() - address.name().length());
                new S3Folder(s3, new S3Address(address.bucket(), parent)).upload(address.name(), path);
                uploaded.add(address);
            }
        }
        return uploaded;
    }
}
