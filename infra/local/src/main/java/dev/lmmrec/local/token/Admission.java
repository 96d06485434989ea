package dev.lmmrec.local.token;

import java.util.List;
import java.util.Map;

/** What came of looking at a caller's token. */
public sealed interface Admission {

    /**
     * The token is right.
     *
     * @param claims what it says, as an HTTP API passes it on: every value as text
     * @param scopes those of its scopes that the route asks for, possibly none
     */
    record Admitted(Map<String, String> claims, List<String> scopes) implements Admission {

        /** Copies both. */
        public Admitted {
            claims = Map.copyOf(claims);
            scopes = List.copyOf(scopes);
        }
    }

    /** There is no token, or none that may be believed. */
    record Unknown() implements Admission {}

    /** The token is right, but has no scope that the route asks for. */
    record NotAllowed() implements Admission {}
}
