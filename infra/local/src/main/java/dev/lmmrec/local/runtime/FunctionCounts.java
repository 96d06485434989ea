package dev.lmmrec.local.runtime;

/**
 * What a function has done since the deployment started.
 *
 * @param environmentsStarted environments started
 * @param environments environments that exist now
 * @param running invocations running now
 * @param answered invocations answered
 * @param threw invocations that threw
 * @param timedOut invocations over the timeout
 * @param crashed invocations whose process ended
 * @param notStarted invocations whose environment did not come up
 */
public record FunctionCounts(
        long environmentsStarted,
        long environments,
        long running,
        long answered,
        long threw,
        long timedOut,
        long crashed,
        long notStarted) {

    /**
     * Invocations that have begun, whatever became of them.
     *
     * @return their number
     */
    public long invocations() {
        return running + answered + threw + timedOut + crashed + notStarted;
    }
}
