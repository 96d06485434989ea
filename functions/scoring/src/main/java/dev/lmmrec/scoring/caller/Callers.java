package dev.lmmrec.scoring.caller;

/** Tells who asks now. */
@FunctionalInterface
public interface Callers {

    /**
     * The caller of the request that this thread works on.
     *
     * @return who asks
     */
    Caller current();
}
