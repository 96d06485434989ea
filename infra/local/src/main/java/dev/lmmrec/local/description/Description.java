package dev.lmmrec.local.description;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole deployment.
 *
 * @param name what every name on AWS begins with
 * @param tables tables by name
 * @param queues queues by name
 * @param buckets buckets by name
 * @param functions functions by name
 * @param mappings event source mappings by name
 * @param api what stands in front of the routes: tokens and limits
 * @param routes what answers, by {@code METHOD /path/{parameter}}
 */
public record Description(
        String name,
        Map<String, Table> tables,
        Map<String, Queue> queues,
        Map<String, Bucket> buckets,
        Map<String, Function> functions,
        Map<String, Mapping> mappings,
        Api api,
        Map<String, Route> routes) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(table|queue|bucket):([^}:]*)(:read)?}");
    private static final Pattern ROUTE_KEY =
            Pattern.compile("(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) (/[A-Za-z0-9._~-]+|/\\{[A-Za-z0-9]+})+");
    private static final Set<String> KEY_TYPES = Set.of("S", "N", "B");

    /** AWS asks for it, so that a message does not come back while its function still runs. */
    private static final int VISIBILITY_PER_TIMEOUT = 6;

    private static final int QUEUE_BATCH_MAX = 10;
    private static final int STREAM_BATCH_MAX = 10_000;
    private static final int WINDOW_SECONDS_MAX = 300;
    private static final int TIMEOUT_SECONDS_MAX = 900;
    private static final int MEMORY_MEGABYTES_MIN = 128;
    private static final int MEMORY_MEGABYTES_MAX = 10_240;
    private static final int CONCURRENCY_MIN = 2;
    private static final int CONCURRENCY_MAX = 1000;
    private static final int RATE_MAX = 10_000;

    /** What API Gateway takes of a request. */
    private static final int BODY_BYTES_MAX = 10 * 1024 * 1024;

    /**
     * Reads and checks a description.
     *
     * @param file the JSON file
     * @return the description
     * @throws LocalException naming everything that is wrong with it
     */
    public static Description read(Path file) {
        Description description;
        try {
            description = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readValue(Files.readAllBytes(file), Description.class);
        } catch (NoSuchFileException e) {
            throw new LocalException(file + " is missing: is this the root of the repository?", e);
        } catch (JsonProcessingException e) {
            throw new LocalException(
                    file
                            + (e.getLocation() == null
                                    ? ""
                                    : " line " + e.getLocation().getLineNr()) + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new LocalException("cannot read " + file + ": " + e.getMessage(), e);
        }
        List<String> wrong = description.findWrong();
        if (!wrong.isEmpty()) {
            throw new LocalException(file + " is wrong:\n  " + String.join("\n  ", wrong));
        }
        return description;
    }

    /**
     * Replaces placeholders. What a placeholder adds with {@code :read} is for AWS, where it gives the right to read
     * and no other.
     *
     * @param text a value of a function's environment
     * @param names gives the real name for a kind ({@code table}, {@code queue}, {@code bucket}) and a described name
     * @return the text with the real names
     */
    public static String fill(String text, java.util.function.BinaryOperator<String> names) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(names.apply(match.group(1), match.group(2))));
    }

    private List<String> findWrong() {
        List<String> wrong = new ArrayList<>();
        tables.forEach((table, spec) -> checkTable(table, spec, wrong));
        queues.forEach((queue, spec) -> {
            if (spec.deadLetter() != null) {
                known(queues, spec.deadLetter().queue(), "queues." + queue + ".deadLetter.queue", wrong);
                within(spec.deadLetter().maxReceiveCount(), 1, 1000, "queues." + queue + ".maxReceiveCount", wrong);
            }
        });
        functions.forEach((function, spec) -> checkFunction(function, spec, wrong));
        mappings.forEach((mapping, spec) -> checkMapping("mappings." + mapping, spec, wrong));
        routes.forEach((key, route) -> {
            if (!ROUTE_KEY.matcher(key).matches()) {
                wrong.add("routes: \"" + key + "\" is not METHOD /path/{parameter}");
            }
            if (route instanceof Route.ToFunction to) {
                known(functions, to.function(), "routes." + key + ".function", wrong);
            } else if (route instanceof Route.ToQueue to) {
                known(queues, to.queue(), "routes." + key + ".queue", wrong);
            }
        });
        checkApi(wrong);
        return wrong;
    }

    private void checkApi(List<String> wrong) {
        checkLimits("api.limits", api.limits(), wrong);
        api.routeLimits().forEach((key, limits) -> {
            known(routes, key, "api.routeLimits", wrong);
            checkLimits("api.routeLimits." + key, limits, wrong);
        });
        api.authorizer().openRoutes().forEach(key -> {
            known(routes, key, "api.authorizer.openRoutes", wrong);
            if (!key.startsWith("GET ")) {
                wrong.add(
                        "api.authorizer.openRoutes: \"" + key + "\" may change something, only GET routes may be open");
            }
        });
        api.authorizer().routeScopes().forEach((key, scopes) -> {
            String at = "api.authorizer.routeScopes";
            known(routes, key, at, wrong);
            if (scopes.isEmpty()) {
                wrong.add(at + "." + key + ": names no scope; leave the route out to ask for none");
            }
            if (api.authorizer().openRoutes().contains(key)) {
                wrong.add(at + "." + key + ": the route is open, it cannot ask for scopes");
            }
        });
    }

    private static void checkLimits(String at, Api.Limits limits, List<String> wrong) {
        within(limits.ratePerSecond(), 1, RATE_MAX, at + ".ratePerSecond", wrong);
        within(limits.burst(), 1, RATE_MAX, at + ".burst", wrong);
        within(limits.bodyBytesMax(), 1, BODY_BYTES_MAX, at + ".bodyBytesMax", wrong);
    }

    private static void checkTable(String table, Table spec, List<String> wrong) {
        String at = "tables." + table;
        known(spec.attributes(), spec.hashKey(), at + ".hashKey", wrong);
        spec.indexes()
                .forEach((index, key) ->
                        known(spec.attributes(), key.hashKey(), at + ".indexes." + index + ".hashKey", wrong));
        spec.attributes().forEach((attribute, type) -> {
            if (!KEY_TYPES.contains(type)) {
                wrong.add(at + ".attributes." + attribute + ": type " + type + " is none of S, N, B");
            }
        });
    }

    private void checkFunction(String function, Function spec, List<String> wrong) {
        String at = "functions." + function;
        within(spec.memoryMegabytes(), MEMORY_MEGABYTES_MIN, MEMORY_MEGABYTES_MAX, at + ".memoryMegabytes", wrong);
        within(spec.timeoutSeconds(), 1, TIMEOUT_SECONDS_MAX, at + ".timeoutSeconds", wrong);
        spec.environment().forEach((variable, value) -> {
            Matcher placeholder = PLACEHOLDER.matcher(value);
            while (placeholder.find()) {
                Map<String, ?> all =
                        switch (placeholder.group(1)) {
                            case "table" -> tables;
                            case "queue" -> queues;
                            default -> buckets;
                        };
                known(all, placeholder.group(2), at + ".environment." + variable, wrong);
                if (placeholder.group(3) != null && all == queues) {
                    wrong.add(at + ".environment." + variable + ": " + placeholder.group()
                            + " is not possible, a queue is sent to");
                }
            }
            if (PLACEHOLDER.matcher(value).replaceAll("").contains("${")) {
                wrong.add(at + ".environment." + variable + ": \"" + value
                        + "\" holds a placeholder that is none of ${table:x}, ${table:x:read}, ${queue:x}, ${bucket:x},"
                        + " ${bucket:x:read}");
            }
        });
    }

    private void checkMapping(String at, Mapping spec, List<String> wrong) {
        known(functions, spec.function(), at + ".function", wrong);
        within(spec.windowSeconds(), 0, WINDOW_SECONDS_MAX, at + ".windowSeconds", wrong);
        if (spec instanceof Mapping.FromQueue from) {
            known(queues, from.queue(), at + ".queue", wrong);
            within(from.batchSize(), 1, QUEUE_BATCH_MAX, at + ".batchSize", wrong);
            within(from.maximumConcurrency(), CONCURRENCY_MIN, CONCURRENCY_MAX, at + ".maximumConcurrency", wrong);
            Queue queue = queues.get(from.queue());
            Function function = functions.get(from.function());
            if (queue != null
                    && function != null
                    && queue.visibilityTimeoutSeconds() < VISIBILITY_PER_TIMEOUT * function.timeoutSeconds()) {
                wrong.add(at + ": the visibility timeout of queue " + from.queue() + " is "
                        + queue.visibilityTimeoutSeconds() + " s but must be at least " + VISIBILITY_PER_TIMEOUT
                        + " times the " + function.timeoutSeconds() + " s of function " + from.function());
            }
        } else if (spec instanceof Mapping.FromStream from) {
            known(tables, from.table(), at + ".table", wrong);
            known(queues, from.onFailure(), at + ".onFailure", wrong);
            within(from.batchSize(), 1, STREAM_BATCH_MAX, at + ".batchSize", wrong);
            within(from.maximumRetryAttempts(), 0, 10_000, at + ".maximumRetryAttempts", wrong);
            within(from.maximumRecordAgeSeconds(), 60, 604_800, at + ".maximumRecordAgeSeconds", wrong);
            Table table = tables.get(from.table());
            if (table != null && table.stream() == null) {
                wrong.add(at + ": table " + from.table() + " has no stream");
            }
        }
    }

    private static void known(Map<String, ?> all, String name, String at, List<String> wrong) {
        if (!all.containsKey(name)) {
            wrong.add(at + ": \"" + name + "\" is not described; there are " + all.keySet());
        }
    }

    private static void within(int value, int min, int max, String at, List<String> wrong) {
        if (value < min || value > max) {
            wrong.add(at + ": " + value + " is not between " + min + " and " + max);
        }
    }
}
