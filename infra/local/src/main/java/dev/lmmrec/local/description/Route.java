package dev.lmmrec.local.description;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What answers a request of the HTTP API. Told apart by whether a function or a queue gets it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Route.ToFunction.class), @JsonSubTypes.Type(Route.ToQueue.class)})
public sealed interface Route {

    /**
     * A function answers.
     *
     * @param function its name
     */
    record ToFunction(String function) implements Route {}

    /**
     * The body becomes a message; nobody waits for what comes of it.
     *
     * @param queue the queue's name
     */
    record ToQueue(String queue) implements Route {}
}
