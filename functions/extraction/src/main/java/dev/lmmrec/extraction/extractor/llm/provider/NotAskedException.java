package dev.lmmrec.extraction.extractor.llm.provider;

/** The model was not asked, since the answer would have cost more than is allowed. */
public final class NotAskedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param reason which limit it is
     */
    public NotAskedException(String reason) {
        super(reason);
    }
}
