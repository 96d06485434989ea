package dev.lmmrec.extraction.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.lmmrec.core.forget.Forgotten.Arrival;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.extraction.extractor.llm.AnswerScreening;
import dev.lmmrec.extraction.extractor.llm.AnswerScreening.Screened;
import dev.lmmrec.extraction.grounding.Grounded;
import dev.lmmrec.extraction.grounding.Grounding;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the results of batch inference jobs into the table: the same screening and grounding as for an answer that was
 * asked for at once. Reading a file again changes nothing. What cannot be used is written as reviews with the reason, a
 * file that {@code import} sends to the queue.
 */
public final class BatchResults {

    private static final String SUFFIX = ".out";
    private static final int GROUP = 100;

    private final AnswerScreening screening;
    private final Grounding grounding;
    private final MotivationStore store;
    private final Function<Collection<Arrival>, Set<Arrival>> forgotten;
    private final String extractorId;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Makes the reading.
     *
     * @param screening lets answers through
     * @param grounding keeps what has evidence
     * @param store keeps the rows
     * @param forgotten tells which reviews must not be kept, see {@link dev.lmmrec.core.forget.Forgotten#among}
     * @param extractorId who is asked what by the present configuration
     */
    public BatchResults(
            AnswerScreening screening,
            Grounding grounding,
            MotivationStore store,
            Function<Collection<Arrival>, Set<Arrival>> forgotten,
            String extractorId) {
        this.screening = screening;
        this.grounding = grounding;
        this.store = store;
        this.forgotten = forgotten;
        this.extractorId = extractorId;
    }

    /**
     * Reads the results of one job.
     *
     * @param results the file as Bedrock wrote it: the name of the questions' file with {@code .out} behind
     * @param folder where {@link BatchFiles} wrote the questions
     * @param rejects where reviews go whose answer cannot be used; only written if there are any
     * @return what became of them
     * @throws IllegalArgumentException if the file's name is no result's, or nothing was asked under it, or by another
     *     prompt or model than the present configuration's
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public Outcome read(Path results, Path folder, Path rejects) {
        Map<String, Asked> open = asked(results, folder);
        Tally tally = new Tally();
        List<String> problems = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(results, StandardCharsets.UTF_8)) {
            List<Answered> group = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    take(line, open, group, problems, tally);
                }
                if (group.size() == GROUP) {
                    store(group, tally);
                }
            }
            store(group, tally);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + results + ": " + e, e);
        }
        open.values().forEach(left -> problems.add(reject(left, "has no result in " + results.getFileName(), tally)));
        write(rejects, problems);
        return tally.outcome();
    }

    private Map<String, Asked> asked(Path results, Path folder) {
        String file = results.getFileName().toString();
        if (!file.endsWith(SUFFIX)) {
            throw new IllegalArgumentException(
                    results + " is no result: Bedrock names them like the questions, with " + SUFFIX + " behind");
        }
        Path kept = BatchFiles.askedFile(folder, file.substring(0, file.length() - SUFFIX.length()));
        Map<String, Asked> open = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(kept, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Asked asked = json.readValue(line, Asked.class);
                if (!asked.extractorId().equals(extractorId)) {
                    throw new IllegalArgumentException(kept + " was asked as " + asked.extractorId()
                            + ", and the configuration says " + extractorId
                            + ": read it with the model, facets, demonstrations and version that asked");
                }
                open.put(asked.recordId(), asked);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "nothing was asked as " + kept + ": name the folder that batch-inference write was given", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + kept + ": " + e, e);
        }
        return open;
    }

    /** A review with its answer. */
    private record Answered(Asked asked, Screened screened) {}

    private void take(String line, Map<String, Asked> open, List<Answered> group, List<String> problems, Tally tally) {
        JsonNode result;
        try {
            result = json.readTree(line);
        } catch (IOException e) {
            // which record it was shows by its result missing
            tally.unreadable++;
            return;
        }
        Asked asked = open.remove(result.path("recordId").asText());
        if (asked == null) {
            tally.unknown++;
            return;
        }
        if (result.has("error") || !result.path("modelOutput").isObject()) {
            problems.add(
                    reject(asked, "Bedrock: " + result.at("/error/errorCode").asText("no output"), tally));
            return;
        }
        JsonNode output = result.path("modelOutput");
        tally.tokensIn += output.at("/usage/inputTokens").asLong();
        tally.tokensOut += output.at("/usage/outputTokens").asLong();
        Screened screened = screening.screen(response(output), asked.boundary(), asked.review());
        tally.statementsRefused += screened.statementsRefused();
        if (screened.found().isEmpty()) {
            problems.add(reject(asked, "the answer cannot be used: " + screened.problem(), tally));
        } else {
            group.add(new Answered(asked, screened));
        }
    }

    private static ChatResponse response(JsonNode output) {
        StringBuilder text = new StringBuilder();
        output.at("/output/message/content")
                .forEach(part -> text.append(part.path("text").asText("")));
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text.toString()))
                .finishReason(
                        output.path("stopReason").asText().equals("max_tokens")
                                ? FinishReason.LENGTH
                                : FinishReason.STOP)
                .build();
    }

    private void store(List<Answered> group, Tally tally) {
        if (group.isEmpty()) {
            return;
        }
        Map<Arrival, Answered> arrivals = group.stream()
                .collect(Collectors.toMap(
                        answered -> new Arrival(
                                answered.asked().review(), answered.asked().askedAt()),
                        answered -> answered,
                        (one, same) -> one,
                        LinkedHashMap::new));
        Set<Arrival> gone = forgotten.apply(arrivals.keySet());
        Map<String, ReviewMotivations> rows = store.findAll(arrivals.keySet().stream()
                .map(arrival -> arrival.review().reviewId())
                .toList());
        arrivals.forEach((arrival, answered) -> {
            if (gone.contains(arrival)) {
                tally.forgotten++;
            } else {
                store(answered, rows.get(arrival.review().reviewId()), tally);
            }
        });
        forgotten.apply(arrivals.keySet()).stream()
                .filter(arrival -> !gone.contains(arrival))
                .forEach(arrival -> store.deleteRevision(arrival.review().reviewId(), arrival.sentAt()));
        group.clear();
    }

    private void store(Answered answered, ReviewMotivations rowOrNull, Tally tally) {
        Asked asked = answered.asked();
        if (rowOrNull != null
                && rowOrNull.contentHash().equals(asked.review().contentHash())
                && rowOrNull.extractorId().equals(asked.extractorId())) {
            tally.known++;
            return;
        }
        var found = answered.screened().found().orElseThrow();
        Grounded grounded = grounding.ground(asked.review(), found.candidates());
        boolean written = store.put(ReviewMotivations.of(
                asked.review(),
                asked.askedAt(),
                asked.extractorId(),
                grounded.motivations(),
                found.kind(),
                grounded.ungrounded()));
        if (written) {
            tally.stored++;
            tally.motivations += grounded.motivations().size();
            tally.quotesDropped += grounded.ungrounded();
        } else {
            tally.stale++;
        }
    }

    private String reject(Asked asked, String reason, Tally tally) {
        tally.rejected++;
        ObjectNode review = json.valueToTree(asked.review());
        return review.put("reason", reason).toString();
    }

    private static void write(Path rejects, List<String> problems) {
        if (problems.isEmpty()) {
            return;
        }
        try (BufferedWriter writer = Files.newBufferedWriter(rejects, StandardCharsets.UTF_8)) {
            for (String problem : problems) {
                writer.write(problem + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rejects + ": " + e, e);
        }
    }

    /**
     * What became of the results of one job.
     *
     * @param stored reviews with new rows
     * @param motivations theirs
     * @param known reviews whose row said so already
     * @param stale reviews of which the table has a later revision
     * @param forgotten reviews that must not be kept
     * @param rejected reviews whose answer is missing or cannot be used
     * @param unreadable lines that are no JSON
     * @param unknown lines of records that were not asked
     * @param quotesDropped candidates whose quote does not stand in the review
     * @param statementsRefused motivations whose statement was not let through
     * @param tokensIn tokens read
     * @param tokensOut tokens written
     */
    public record Outcome(
            int stored,
            int motivations,
            int known,
            int stale,
            int forgotten,
            int rejected,
            int unreadable,
            int unknown,
            int quotesDropped,
            int statementsRefused,
            long tokensIn,
            long tokensOut) {}

    private static final class Tally {

        private int stored;
        private int motivations;
        private int known;
        private int stale;
        private int forgotten;
        private int rejected;
        private int unreadable;
        private int unknown;
        private int quotesDropped;
        private int statementsRefused;
        private long tokensIn;
        private long tokensOut;

        Outcome outcome() {
            return new Outcome(
                    stored,
                    motivations,
                    known,
                    stale,
                    forgotten,
                    rejected,
                    unreadable,
                    unknown,
                    quotesDropped,
                    statementsRefused,
                    tokensIn,
                    tokensOut);
        }
    }
}
