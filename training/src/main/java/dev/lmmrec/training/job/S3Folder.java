package dev.lmmrec.training.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix, by their names below it. Every write puts one whole object or nothing. */
final class S3Folder {

    private final S3Client s3;
    private final S3Address address;

    /**
     * Opens a folder.
     *
     * @param s3 the client, owned by the caller
     * @param address where; taken as a folder
     */
    S3Folder(S3Client s3, S3Address address) {
        this.s3 = s3;
        this.address = address.asFolder();
    }

    S3Address address() {
        return address;
    }

    Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(get -> get.bucket(address.bucket()).key(key(name)))
                            .asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("read", name, e);
        }
    }

    /** Downloads into a file that does not exist yet; false if there is no such object. */
    boolean download(String name, Path target) throws IOException {
        try {
            s3.getObject(get -> get.bucket(address.bucket()).key(key(name)), ResponseTransformer.toFile(target));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        } catch (SdkException e) {
            throw failure("download", name, e);
        }
    }

    void upload(String name, Path source) throws IOException {
        put(name, RequestBody.fromFile(source));
    }

    void write(String name, byte[] content) throws IOException {
        put(name, RequestBody.fromBytes(content));
    }

    private void put(String name, RequestBody body) throws IOException {
        try {
            s3.putObject(put -> put.bucket(address.bucket()).key(key(name)), body);
        } catch (SdkException e) {
            throw failure("write", name, e);
        }
    }

    void delete(Collection<String> names) throws IOException {
        for (String name : names) {
            try {
                s3.deleteObject(delete -> delete.bucket(address.bucket()).key(key(name)));
            } catch (SdkException e) {
                throw failure("delete", name, e);
            }
        }
    }

    /** All names, sorted. */
    List<String> list() throws IOException {
        try (Stream<S3Object> all = s3
                .listObjectsV2Paginator(list -> list.bucket(address.bucket()).prefix(address.key()))
                .contents()
                .stream()) {
            return all.map(object -> object.key().substring(address.key().length()))
                    .filter(name -> !name.isEmpty() && !name.endsWith("/"))
                    .sorted()
                    .toList();
        } catch (SdkException e) {
            throw failure("list", "", e);
        }
    }

    private String key(String name) {
        return address.key() + name;
    }

    private IOException failure(String verb, String name, SdkException e) {
        return new IOException("cannot " + verb + " " + address + name + ": " + e.getMessage(), e);
    }
}
