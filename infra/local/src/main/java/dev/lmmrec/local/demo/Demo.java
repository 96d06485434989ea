package dev.lmmrec.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.mapping.MappingCounts;
import dev.lmmrec.local.process.Folders;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;

/** One run of the main job. */
final class Demo implements AutoCloseable {

    private static final String EXTRACTION = "reviews-to-extraction";
    private static final String EMBEDDING = "motivations-to-embedding";

    private static final Duration STALL_MAX = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration RELOAD_MAX = Duration.ofMinutes(2);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long UNKNOWN = -1;

    private final long startedNanos;
    private final LocalDeployment deployment;
    private final MemoryWatch memory;
    private final Terminal terminal;
    private final TrainingProgram training;
    private final Api api;
    private final Path artefacts;

    private Demo(long startedNanos, LocalDeployment deployment, MemoryWatch memory, Path root, Terminal terminal) {
        this.startedNanos = startedNanos;
        this.deployment = deployment;
        this.memory = memory;
        this.terminal = terminal;
        this.training = new TrainingProgram(root, deployment.environment());
        this.api = new Api(deployment.api());
        this.artefacts = deployment.state().resolve("artefacts");
    }

    static Demo start(Path root, LocalSettings settings, Terminal terminal) throws IOException {
        long started = System.nanoTime();
        MemoryWatch memory = new MemoryWatch();
        if (settings.state().isPresent()) {
            Folders.delete(settings.state().get());
        }
        // its lines would run into the bar, so they wait
        List<String> lines = new ArrayList<>();
        LocalDeployment deployment;
        try (ProgressBar bar = terminal.bar("start the deployment", UNKNOWN)) {
            deployment = LocalDeployment.start(settings.toBuilder()
                    .progress(line -> {
                        lines.add(line);
                        bar.setExtraMessage(" " + lines.size() + " stages done");
                    })
                    .build());
        } finally {
            lines.forEach(terminal::line);
        }
        return new Demo(started, deployment, memory, root, terminal);
    }

    LocalDeployment deployment() {
        return deployment;
    }

    /**
     * Runs every stage.
     *
     * @param file the reviews
     * @param format how they are written
     * @param chosen users to recommend to; empty for three of the file's
     * @param k how many items each
     */
    Outcome run(Path file, String format, List<String> chosen, int k) throws IOException, InterruptedException {
        JsonNode imported = training.report(List.of("import", file.toString(), "--format", format));
        long sent = imported.path("sent").asLong();
        if (sent == 0) {
            throw new LocalException("no line of " + file + " is a review; the reasons are above");
        }
        followPipeline(sent);
        JsonNode trained = training.report(List.of("train", "--out", artefacts.toString()));
        training.run(List.of("promote", trained.path("version").asText()));
        awaitArtefact(trained.path("version").asText());

        List<JsonNode> answers = new ArrayList<>();
        for (String userId : chosen.isEmpty() ? new UserChoice(deployment, api).threeUsers() : chosen) {
            JsonNode profile = api.userProfile(userId);
            JsonNode answer = api.recommendations(userId, k);
            new Page(terminal).print(profile, answer);
            answers.add(answer);
        }
        double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
        terminal.line(String.format(
                Locale.ROOT,
                "%nall done in %.1f s; all processes together held at most %d MiB",
                seconds,
                memory.peakMebibytes()));
        return new Outcome(
                file.toString(),
                imported,
                new LinkedHashMap<>(deployment.mappingCounts()),
                trained,
                answers,
                seconds,
                memory.peakMebibytes());
    }

    private void followPipeline(long reviews) throws InterruptedException {
        long begin = System.nanoTime();
        long extractedNanos = 0;
        long doneBefore = -1;
        long progressNanos = begin;
        try (ProgressBar extraction = terminal.bar("extract motivations", reviews);
                ProgressBar embedding = terminal.bar("build profiles", reviews)) {
            while (!deployment.awaitIdle(POLL)) {
                MappingCounts extracted = counts(EXTRACTION);
                MappingCounts embedded = counts(EMBEDDING);
                extraction.stepTo(extracted.succeeded());
                embedding.stepTo(embedded.succeeded());
                if (extractedNanos == 0 && extracted.succeeded() + extracted.deadLettered() >= reviews) {
                    extractedNanos = System.nanoTime();
                }
                long done = extracted.delivered() + embedded.delivered();
                if (done != doneBefore) {
                    doneBefore = done;
                    progressNanos = System.nanoTime();
                } else if (System.nanoTime() - progressNanos > STALL_MAX.toNanos()) {
                    throw new LocalException("nothing has moved for " + STALL_MAX.toMinutes()
                            + " minutes; the functions' logs are in " + deployment.state());
                }
            }
        }
        // profiles follow while extraction still goes on: their line says what was left to do after it
        long end = System.nanoTime();
        report("extraction", EXTRACTION, (extractedNanos == 0 ? end : extractedNanos) - begin);
        report("profiles", EMBEDDING, extractedNanos == 0 ? 0 : end - extractedNanos);
    }

    private void report(String stage, String mapping, long nanos) {
        MappingCounts counts = counts(mapping);
        String failures = counts.deadLettered() == 0
                ? ""
                : ", " + counts.deadLettered() + " given up; the reasons are in " + deployment.state();
        terminal.stage(
                stage,
                counts.succeeded() + " reviews in " + counts.batches() + " batches" + failures,
                System.nanoTime() - nanos);
    }

    private MappingCounts counts(String mapping) {
        Map<String, MappingCounts> counts = deployment.mappingCounts();
        MappingCounts found = counts.get(mapping);
        if (found == null) {
            throw new LocalException("infra/deployment.json has no mapping '" + mapping + "', only " + counts.keySet());
        }
        return found;
    }

    private void awaitArtefact(String version) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String last = "nothing";
        while (!version.equals(last)) {
            if (System.nanoTime() - begin > RELOAD_MAX.toNanos()) {
                throw new LocalException("scoring has not taken up " + version + " within " + RELOAD_MAX.toSeconds()
                        + " s; asked, it said: " + last + "; its log is in " + deployment.state());
            }
            Thread.sleep(POLL.toMillis());
            try {
                last = api.health().path("modelVersion").asText();
            } catch (LocalException | HttpTimeoutException e) {
                // its first start, on a machine that has much else to do
                last = e.getMessage();
            }
        }
        terminal.stage("scoring", "serves " + version, begin);
    }

    @Override
    public void close() {
        deployment.close();
        memory.close();
    }
}
