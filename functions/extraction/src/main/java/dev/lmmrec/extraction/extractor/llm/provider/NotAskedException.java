package dev.lmmrec.extraction.extractor.llm.provider;

/** The model was not asked, or not once more, since the answer would have cost more than is allowed. */
public final class NotAskedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String before;
    private final String limit;

    /**
     * Makes it for a model that was not asked at all.
     *
     * @param limit which limit it is, and that it is reached
     */
    public NotAskedException(String limit) {
        this("", limit);
    }

    private NotAskedException(String before, String limit) {
        super(before.isEmpty() ? "was not asked: " + limit : before + "; not asked again: " + limit);
        this.before = before;
        this.limit = limit;
    }

    /**
     * The same for a model that was asked before: what came of it weighs more than the limit.
     *
     * @param earlier what came of it, free of what was sent and answered
     * @return one that tells this first
     */
    public NotAskedException after(String earlier) {
        return new NotAskedException(before.isEmpty() ? earlier : earlier + "; " + before, limit);
    }
}
