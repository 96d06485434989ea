package dev.lmmrec.training.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The marker of a kept folder: which objects make it up. It is written after all of them, in one request, and so never
 * names an object that is not whole.
 *
 * @param number counts the snapshots of a job over all attempts, from 1
 * @param files the folder's files
 * @param before the files of the snapshot before, to fall back on should an object be lost; empty for the first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Snapshot(
        @JsonProperty(required = true) int number,
        @JsonProperty(required = true) List<Kept> files,
        @JsonProperty(required = true) List<Kept> before) {

    /** Copies the lists. */
    Snapshot {
        files = List.copyOf(files);
        before = List.copyOf(before);
    }

    /**
     * One file.
     *
     * @param path relative to the folder, with slashes
     * @param object the name of its object
     * @param sha256 of its bytes, hexadecimal
     * @param bytes its length
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Kept(String path, String object, String sha256, long bytes) {

        /** Checks that nothing is missing. */
        Kept {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(sha256, "sha256");
        }
    }
}
