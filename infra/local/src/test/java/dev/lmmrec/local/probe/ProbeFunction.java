package dev.lmmrec.local.probe;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function that does what its event asks for, run from a zip through the real runtime. It has no libraries, so it
 * looks for commands in the event's text:
 *
 * <ul>
 *   <li>{@code do:throw}, {@code do:exit}, {@code do:sleep}: fails as a whole;
 *   <li>{@code do:answer[JSON]}: answers the JSON;
 *   <li>records with {@code do:poison} are reported as failed, those with {@code do:once} the first time only, and
 *       {@code do:die} ends the process the first time only.
 * </ul>
 *
 * Each record that it has done is a line in the file that PROBE_FILE names: its word {@code id:x} or its event name.
 */
public final class ProbeFunction implements RequestStreamHandler {

    private static final Pattern RECORD = Pattern.compile("\\{\"(?:messageId|eventID)\":\"([^\"]*)\"");
    private static final Pattern SEQUENCE = Pattern.compile("\"SequenceNumber\":\"([^\"]*)\"");
    private static final Pattern WORD = Pattern.compile("id:[A-Za-z0-9-]+");

    /** Made by the runtime. */
    public ProbeFunction() {}

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8).replace("\\\"", "\"");
        if (event.contains("do:throw")) {
            throw new IllegalStateException("asked to throw");
        }
        if (event.contains("do:exit")) {
            System.exit(7);
        }
        if (event.contains("do:sleep")) {
            sleep(60_000);
        }
        if (event.contains("do:pause")) {
            sleep(1_000);
        }
        String answer;
        int at = event.indexOf("do:answer[");
        if (at >= 0) {
            answer = event.substring(at + "do:answer[".length(), event.indexOf("]end", at));
        } else if (event.contains("do:environment")) {
            answer = "{\"remaining\":" + context.getRemainingTimeInMillis() + ",\"name\":\"" + context.getFunctionName()
                    + "\",\"memory\":" + context.getMemoryLimitInMB() + ",\"arn\":\"" + context.getInvokedFunctionArn()
                    + "\",\"folder\":\"" + System.getenv("LAMBDA_TASK_ROOT") + "\",\"table\":\""
                    + System.getenv("PROBE_TABLE") + "\",\"pid\":"
                    + ProcessHandle.current().pid() + "}";
        } else if (event.startsWith("{\"Records\"")) {
            answer = records(event);
        } else {
            answer = event;
        }
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String records(String event) throws IOException {
        List<Integer> starts = new ArrayList<>();
        Matcher record = RECORD.matcher(event);
        while (record.find()) {
            starts.add(record.start());
        }
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            String text = event.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : event.length());
            if (!done(text)) {
                failures.add("{\"itemIdentifier\":\"" + identifier(text) + "\"}");
            }
        }
        return "{\"batchItemFailures\":[" + String.join(",", failures) + "]}";
    }

    private static boolean done(String record) throws IOException {
        Matcher word = WORD.matcher(record);
        String id = word.find() ? word.group() : "none";
        if (record.contains("do:poison")) {
            return false;
        }
        if (record.contains("do:once") && first(id)) {
            return false;
        }
        if (record.contains("do:die") && first(id)) {
            Runtime.getRuntime().halt(9);
        }
        write(Path.of(System.getenv("PROBE_FILE")), id + "\n");
        return true;
    }

    private static String identifier(String record) {
        Matcher sequence = SEQUENCE.matcher(record);
        if (sequence.find()) {
            return sequence.group(1);
        }
        Matcher message = RECORD.matcher(record);
        return message.find() ? message.group(1) : "";
    }

    private static boolean first(String id) throws IOException {
        Path seen = Path.of(System.getenv("PROBE_FILE") + ".seen");
        if (Files.exists(seen) && Files.readAllLines(seen).contains(id)) {
            return false;
        }
        write(seen, id + "\n");
        return true;
    }

    private static void write(Path file, String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
