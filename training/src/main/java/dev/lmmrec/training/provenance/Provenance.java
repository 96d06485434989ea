package dev.lmmrec.training.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.training.data.RefusedInputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is needed to make an artefact again, besides the settings that the manifest names one by one.
 *
 * @param commit of the program; see {@link BuildCommit}
 * @param command the command with every option that shapes the run, also those that nobody typed
 * @param rows where the rows came from, in words
 * @param rowsFingerprint see {@link RowsFingerprint}
 */
public record Provenance(String commit, List<String> command, String rows, String rowsFingerprint) {

    /** The key of the commit in a manifest. */
    public static final String COMMIT = "commit";

    /** The key of the command in a manifest: a JSON list, so that no word needs quotes. */
    public static final String COMMAND = "command";

    /** The key of the rows' origin in a manifest. */
    public static final String ROWS = "rows";

    /** The key of the rows' fingerprint in a manifest. */
    public static final String ROWS_FINGERPRINT = "rows-fingerprint";

    private static final ObjectMapper JSON = new JsonMapper();

    /** Copies the list. */
    public Provenance {
        command = List.copyOf(command);
    }

    /**
     * Writes it as entries of a manifest's provenance.
     *
     * @return by key
     */
    public Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        entries.put(COMMIT, commit);
        entries.put(ROWS, rows);
        entries.put(ROWS_FINGERPRINT, rowsFingerprint);
        try {
            entries.put(COMMAND, JSON.writeValueAsString(command));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of words can be written as JSON", e);
        }
        return entries;
    }

    /**
     * Reads it from a manifest.
     *
     * @param manifest of an artefact
     * @return what its provenance says
     * @throws RefusedInputException if it says nothing of the command, as those of early versions
     */
    public static Provenance of(Manifest manifest) throws RefusedInputException {
        Map<String, String> entries = manifest.provenance();
        String command = entries.get(COMMAND);
        String fingerprint = entries.get(ROWS_FINGERPRINT);
        if (command == null || fingerprint == null) {
            throw new RefusedInputException("artefact " + manifest.version()
                    + " does not say by which command and rows it was made; it is of a version before that was kept");
        }
        try {
            return new Provenance(
                    entries.getOrDefault(COMMIT, BuildCommit.UNKNOWN),
                    List.of(JSON.readValue(command, String[].class)),
                    entries.getOrDefault(ROWS, "unknown rows"),
                    fingerprint);
        } catch (JsonProcessingException e) {
            throw new RefusedInputException(
                    "the command of artefact " + manifest.version() + " is no list: " + command, e);
        }
    }
}
