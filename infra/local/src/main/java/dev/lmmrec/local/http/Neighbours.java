package dev.lmmrec.local.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps web pages of other places away from a port that only this machine's people are meant to reach: a page may make
 * a browser send requests to it, under a name of its own (DNS rebinding) or across origins (forged requests).
 */
final class Neighbours {

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private Neighbours() {}

    /** Whether a request may be from here: it names this machine, and if it is a page's, that page is ours. */
    static boolean admit(HttpRequest request) {
        String host = request.header("host").toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(host).matches()) {
            return false;
        }
        String origin = request.header("origin").toLowerCase(Locale.ROOT);
        return origin.isEmpty() || origin.equals("http://" + host);
    }
}
