package dev.lmmrec.training.run;

/** A version is worse than the current one. Nothing failed, and nothing was promoted. */
public final class PromotionRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says by how much.
     *
     * @param message names both versions and the metric, and what to do
     */
    public PromotionRefusedException(String message) {
        super(message);
    }
}
