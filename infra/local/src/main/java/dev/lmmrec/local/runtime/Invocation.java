package dev.lmmrec.local.runtime;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event on its way through an environment. */
final class Invocation {

    private final String requestId = UUID.randomUUID().toString();
    private final byte[] payload;
    private final CompletableFuture<Instant> taken = new CompletableFuture<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Invocation(byte[] payload) {
        this.payload = payload;
    }

    String requestId() {
        return requestId;
    }

    byte[] payload() {
        return payload;
    }

    /** Notes that the environment has fetched it; the function's time runs from now. */
    Instant take(java.time.Duration timeout) {
        Instant end = Instant.now().plus(timeout);
        taken.complete(end);
        return end;
    }

    boolean isTaken() {
        return taken.isDone();
    }

    CompletableFuture<Instant> taken() {
        return taken;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    void answer(byte[] response) {
        outcome.complete(new Outcome.Answered(requestId, response));
    }

    void fail(Outcome.Reason reason, String type, String message) {
        outcome.complete(new Outcome.Failed(requestId, reason, type, message));
    }
}
