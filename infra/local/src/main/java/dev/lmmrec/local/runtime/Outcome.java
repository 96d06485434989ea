package dev.lmmrec.local.runtime;

import java.nio.charset.StandardCharsets;

/** How an invocation ended. */
public sealed interface Outcome {

    /**
     * The function answered.
     *
     * @param requestId the invocation
     * @param payload what it answered, as a rule JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Answered(String requestId, byte[] payload) implements Outcome {

        /**
         * The payload as text.
         *
         * @return UTF-8
         */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /**
     * The function did not answer.
     *
     * @param requestId the invocation
     * @param reason what happened
     * @param type the error's type, for example {@code java.lang.IllegalStateException} or {@code Sandbox.Timedout}
     * @param message what it said
     */
    record Failed(String requestId, Reason reason, String type, String message) implements Outcome {}

    /** Why a function did not answer. */
    enum Reason {
        /** It threw, or answered something that is no response. */
        THREW,
        /** It took longer than its timeout; its environment was ended. */
        TIMED_OUT,
        /** Its process ended. */
        CRASHED,
        /** Its environment did not come up. */
        NOT_STARTED,
        /** All its environments were busy for too long. */
        THROTTLED
    }
}
