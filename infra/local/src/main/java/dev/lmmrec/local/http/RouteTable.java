package dev.lmmrec.local.http;

import dev.lmmrec.local.description.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a request; of several the one with the most literal parts. */
final class RouteTable {

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String key, String method, List<String> parts, Route route) {

        private long literals() {
            return parts.stream().filter(part -> !part.startsWith("{")).count();
        }
    }

    /**
     * A request's route.
     *
     * @param key the route's key, {@code METHOD /path/{parameter}}
     * @param route what answers
     * @param parameters the path's parameters, decoded
     */
    public record Match(String key, Route route, Map<String, String> parameters) {}

    /**
     * Takes the described routes.
     *
     * @param routes by key
     */
    public RouteTable(Map<String, Route> routes) {
        routes.forEach((key, route) -> {
            int space = key.indexOf(' ');
            entries.add(new Entry(key, key.substring(0, space), split(key.substring(space + 1)), route));
        });
        entries.sort(Comparator.comparingLong(Entry::literals).reversed());
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /**
     * Finds a route.
     *
     * @param method the request's method
     * @param rawPath its path as sent, still encoded
     * @return the route, if there is one
     */
    public Optional<Match> find(String method, String rawPath) {
        List<String> parts = split(rawPath);
        return entries.stream()
                .filter(entry -> entry.method().equals(method) && fits(entry.parts(), parts))
                .findFirst()
                .map(entry -> new Match(entry.key(), entry.route(), parameters(entry.parts(), parts)));
    }

    private static boolean fits(List<String> pattern, List<String> parts) {
        if (pattern.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean parameter = pattern.get(i).startsWith("{");
            if (parameter ? parts.get(i).isEmpty() : !pattern.get(i).equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> parameters(List<String> pattern, List<String> parts) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String name = pattern.get(i);
            if (name.startsWith("{")) {
                // in a path a plus is a plus
                String encoded = parts.get(i).replace("+", "%2B");
                parameters.put(
                        name.substring(1, name.length() - 1), URLDecoder.decode(encoded, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
