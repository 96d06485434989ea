package dev.lmmrec.extraction.extractor;

/**
 * Which extractor, model and prompt found something; stored with every result.
 *
 * @param value the id, at most 200 characters
 */
public record ExtractorId(String value) {

    private static final int LENGTH_MAX = 200;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if it is blank or longer than 200 characters
     */
    public ExtractorId {
        if (value.isBlank() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "extractor id '" + value + "' must have 1 to " + LENGTH_MAX + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
