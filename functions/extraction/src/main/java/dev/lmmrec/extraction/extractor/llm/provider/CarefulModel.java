package dev.lmmrec.extraction.extractor.llm.provider;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.net.http.HttpTimeoutException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Tries a call again where that may help, leaves an endpoint alone that keeps failing, and ends a call that takes too
 * long. Safe for use by several threads.
 */
public final class CarefulModel {

    /** One try: by itself, so that it is known how it failed when the next is not made. */
    private final TypedGuard<ChatResponse> oneTry;

    private final TypedGuard<ChatResponse> tries;

    /**
     * Makes it for one endpoint, whose failures it remembers.
     *
     * @param patience how long and how often
     */
    public CarefulModel(Patience patience) {
        this.oneTry = TypedGuard.create(ChatResponse.class)
                .withTimeout()
                .duration(patience.timeout().toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
        this.tries = TypedGuard.create(ChatResponse.class)
                .withCircuitBreaker()
                .requestVolumeThreshold(patience.circuitCalls())
                .delay(patience.circuitPause().toMillis(), ChronoUnit.MILLIS)
                .when(CarefulModel::speaksOfTheEndpoint)
                .done()
                .withRetry()
                .maxRetries(patience.retriesMax())
                .delay(patience.retryPause().toMillis(), ChronoUnit.MILLIS)
                .jitter(patience.retryPause().toMillis() / 2, ChronoUnit.MILLIS)
                .whenException(CarefulModel::mayPass)
                .withExponentialBackoff()
                .done()
                .done()
                .build();
    }

    /**
     * Calls the model with care.
     *
     * @param call is made once per try
     * @return the answer
     * @throws NotAskedException if the call says that it is not to be made; it tells how a try before it failed
     * @throws ModelFailedException if there was no answer, with the kind of failure
     */
    public ChatResponse answer(ModelCall call) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try {
            return tries.call(() -> tried(call, failure));
        } catch (NotAskedException e) {
            throw failure.get() == null ? e : e.after(kindOf(failure.get()));
        } catch (CircuitBreakerOpenException e) {
            throw new ModelFailedException("failed too often and is left alone for a while");
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // neither cause nor message: endpoints like to quote what they were sent
            throw new ModelFailedException(kindOf(e));
        }
    }

    private ChatResponse tried(ModelCall call, AtomicReference<Exception> failure) throws Exception {
        try {
            return oneTry.call(call::answer);
        } catch (NotAskedException e) {
            throw e;
        } catch (Exception e) {
            failure.set(e);
            throw e;
        }
    }

    /** A request that is refused for what it says tells nothing about the next. */
    private static boolean speaksOfTheEndpoint(Throwable e) {
        return !(e instanceof NotAskedException) && !(e instanceof InvalidRequestException);
    }

    private static boolean mayPass(Throwable e) {
        return !(e instanceof NotAskedException)
                && !(e instanceof NonRetriableException)
                && !(e instanceof CircuitBreakerOpenException)
                && !(e instanceof InterruptedException);
    }

    private static String kindOf(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                return "answered with HTTP status " + http.statusCode();
            }
            if (cause instanceof SdkServiceException service) {
                return "answered with HTTP status " + service.statusCode();
            }
            if (cause instanceof TimeoutException
                    || cause instanceof dev.langchain4j.exception.TimeoutException
                    || cause instanceof HttpTimeoutException) {
                return "took too long";
            }
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "failed: " + root.getClass().getSimpleName();
    }
}
