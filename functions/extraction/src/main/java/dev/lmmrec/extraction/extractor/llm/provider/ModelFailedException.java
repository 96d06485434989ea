package dev.lmmrec.extraction.extractor.llm.provider;

/** A model's endpoint gave no answer. */
public final class ModelFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param reason what the endpoint did, free of what it was sent
     */
    public ModelFailedException(String reason) {
        super(reason);
    }
}
