package dev.lmmrec.models;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Says which version is promoted: the content of {@code current.json}.
 *
 * @param version the promoted version
 * @param manifestSha256 SHA-256 of its manifest
 * @param previous the version before, for a rollback; null for the first
 * @param promotedAt when, ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pointer(String version, String manifestSha256, String previous, String promotedAt) {

    /**
     * Checks what is needed to find and verify the version.
     *
     * @throws IllegalArgumentException if the version is none or its manifest's checksum is missing
     */
    public Pointer {
        if (version == null || !Manifest.VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("version is '" + version + "', which is no artefact version");
        }
        if (manifestSha256 == null) {
            throw new IllegalArgumentException("manifestSha256 is missing");
        }
    }
}
