package dev.lmmrec.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an artefact is: its origin, its measures and the checksum of each of its files. Stored as {@code manifest.json},
 * the last file that is written.
 *
 * @param formatVersion the version of this contract, {@link #FORMAT_VERSION}
 * @param name the model's name, such as {@code lightgcn-lmmrec}
 * @param version this artefact's version, unique in its repository
 * @param createdAt when it was written, ISO-8601
 * @param dims the widths of its vectors
 * @param encoderId the sentence encoder whose vectors its text encoder expects
 * @param dataFingerprint SHA-256 over the interactions it was trained on
 * @param users how many users {@link ArtefactFiles#USERS} lists
 * @param items how many items {@link ArtefactFiles#ITEMS} lists
 * @param metrics what was measured on held-out interactions, such as {@code test.recall@20}
 * @param provenance how to make it again: backbone, seed, settings, library versions
 * @param fusion how the parts of a query are weighted
 * @param files every file but the manifest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int formatVersion,
        String name,
        String version,
        String createdAt,
        Dims dims,
        String encoderId,
        String dataFingerprint,
        int users,
        int items,
        Map<String, Double> metrics,
        Map<String, String> provenance,
        Fusion fusion,
        List<FileEntry> files) {

    /** The version of the contract that this code writes and reads. */
    public static final int FORMAT_VERSION = 4;

    /** The entry of the provenance that says from which rating on a review counted as an interaction. */
    public static final String RATING_MIN = "rating-min";

    /** Versions are also folder names and object keys. */
    static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /**
     * Copies collections and checks the version's form.
     *
     * @throws IllegalArgumentException if the version is not usable as a folder name
     */
    public Manifest {
        Objects.requireNonNull(dims, "manifest.json: dims is missing");
        Objects.requireNonNull(fusion, "manifest.json: fusion is missing");
        if (version == null || !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "artefact version '" + version + "' must be 1 to 100 letters, digits, dots, underscores, hyphens");
        }
        metrics = Map.copyOf(metrics);
        provenance = Map.copyOf(provenance);
        files = List.copyOf(files);
    }

    /**
     * From which rating on a review counts as an interaction.
     *
     * @return as the provenance says, else any rating
     */
    public double ratingMin() {
        return Double.parseDouble(provenance.getOrDefault(RATING_MIN, "0"));
    }

    /**
     * The same manifest with other files.
     *
     * @param entries the files
     * @return a new manifest
     */
    Manifest withFiles(List<FileEntry> entries) {
        return new Manifest(
                formatVersion,
                name,
                version,
                createdAt,
                dims,
                encoderId,
                dataFingerprint,
                users,
                items,
                metrics,
                provenance,
                fusion,
                entries);
    }

    /**
     * The widths of an artefact's vectors. What the artefact knows of a known user is one row {@code [interaction |
     * words | common]}, the output of {@link ArtefactFiles#USER_ENCODER}.
     *
     * @param text of sentence vectors, 384
     * @param aligned of aligned text vectors, d
     * @param interaction of interaction vectors
     * @param words of the vectors that training learnt of a known user's words; 0 if it learnt none
     * @param common of what is 1 for every known user and meets what training learnt of an item as such, its
     *     popularity; 0 if it learnt nothing of the kind
     */
    public record Dims(int text, int aligned, int interaction, int words, int common) {

        /**
         * The width of a known user's row.
         *
         * @return interaction + words + common
         */
        public int known() {
            return interaction + words + common;
        }

        /**
         * The width of the scorer's query: a known user's row, the aligned part and one component for popularity.
         *
         * @return known + aligned + 1
         */
        public int query() {
            return known() + aligned + 1;
        }
    }

    /**
     * How the parts of a query are weighted before they meet the item matrix, chosen on validation; {@link FusedQuery}
     * puts them together.
     *
     * @param known for users the artefact has a row of
     * @param history for users who came after training and met items that the artefact knows: their row is made of
     *     these
     * @param textOnly for users with reviews but without such a row
     */
    public record Fusion(Weights known, Weights history, Weights textOnly) {

        /**
         * One weight per part.
         *
         * @param interaction of the inner product of known users' rows, whose words are weighted already
         * @param text of the inner product of aligned text vectors
         * @param motives of the sum over the user's motives of their inner products with the item's aligned vector
         * @param popularity of the item's popularity, 0 to 1
         */
        public record Weights(double interaction, double text, double motives, double popularity) {}
    }

    /**
     * One file.
     *
     * @param name its name in the artefact's directory
     * @param sha256 the SHA-256 of its bytes, hexadecimal
     * @param bytes its length
     */
    public record FileEntry(String name, String sha256, long bytes) {}
}
