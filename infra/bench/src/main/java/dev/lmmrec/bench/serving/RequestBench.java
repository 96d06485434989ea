package dev.lmmrec.bench.serving;

import dev.lmmrec.models.DamagedArtefactException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Requests under load.
 *
 * @param system what answers
 */
public record RequestBench(ServingSystem system) {

    private static final String NONE = "";

    /** More than the deployment ever has. */
    private static final int ENVIRONMENTS_MAX = 10;

    private static final long END_PAUSE_MILLIS = 200;

    private static final int AT_ONCE_PER_SECOND = 1_000;
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    /**
     * Load without anything else going on.
     *
     * @param perSecond how many requests a second
     * @param time for how long
     * @return what came of it
     */
    public OpenLoad.Outcome steady(int perSecond, Duration time) {
        return new OpenLoad().run(perSecond, time, system::address, (number, version) -> {});
    }

    /**
     * The processor time that everybody has had since they began.
     *
     * @return by name: the functions together, each server, and this process, which holds the HTTP front and sends the
     *     requests
     */
    public Map<String, Duration> processor() {
        Map<String, Duration> spent = new TreeMap<>();
        spent.put("front and load", ofProcess(ProcessHandle.current().pid()));
        system.deployment()
                .pids()
                .forEach((name, pid) -> spent.merge(name.replaceFirst("-\\d+$", ""), ofProcess(pid), Duration::plus));
        return spent;
    }

    private static Duration ofProcess(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /**
     * What happens to requests while artefacts change.
     *
     * @param load what came of all requests
     * @param pickUp from the promotion to the first answer by the new artefact; empty if there was none
     * @param damagedServed whether an artefact that was spoilt after its promotion answered a request
     * @param served the artefact that answered last
     * @param promoted the sound one that was promoted
     */
    public record Change(
            OpenLoad.Outcome load, Duration pickUp, boolean damagedServed, String served, String promoted) {}

    /**
     * Load during which a new artefact is promoted after a quarter of the time, and the pointer is set to a spoilt one
     * after three quarters. Afterwards the sound one is promoted again. All processes of the function are up before: a
     * new one that finds nothing but a spoilt artefact has nothing to answer with.
     *
     * @param perSecond how many requests a second
     * @param time for how long, below a minute, after which unused processes are ended; a quarter of it must be longer
     *     than functions wait between looks
     * @return what happened
     * @throws IOException if an artefact cannot be written
     * @throws InterruptedException if the caller is interrupted
     * @throws DamagedArtefactException never, for they were written just now
     */
    public Change change(int perSecond, Duration time)
            throws IOException, InterruptedException, DamagedArtefactException {
        // all at once, so that one process is not enough
        steady(AT_ONCE_PER_SECOND, AT_ONCE);
        String sound = system.publish(Instant.now());
        String spoilt = system.publish(Instant.now().plusMillis(1));
        AtomicReference<Instant> firstBySound = new AtomicReference<>();
        AtomicReference<String> last = new AtomicReference<>(NONE);
        AtomicReference<Boolean> bySpoilt = new AtomicReference<>(false);
        CompletableFuture<OpenLoad.Outcome> load = CompletableFuture.supplyAsync(
                () -> new OpenLoad().run(perSecond, time, system::address, (number, version) -> {
                    last.set(version);
                    if (version.equals(sound)) {
                        firstBySound.compareAndSet(null, Instant.now());
                    } else if (version.equals(spoilt)) {
                        bySpoilt.set(true);
                    }
                }));
        Thread.sleep(time.toMillis() / 4);
        Instant promoted = Instant.now();
        system.promote(sound);
        Thread.sleep(time.toMillis() / 2);
        system.pointAtDamaged(spoilt);
        OpenLoad.Outcome outcome = load.join();
        system.promote(sound);
        Instant seen = firstBySound.get();
        return new Change(
                outcome, seen == null ? time : Duration.between(promoted, seen), bySpoilt.get(), last.get(), sound);
    }

    /**
     * From nothing to an answer: the function's process is ended, and the next request waits for a new one.
     *
     * @return how long that request took, and what it cost
     * @throws IOException if it is not answered
     * @throws InterruptedException if the caller is interrupted
     */
    public ColdStart coldStart() throws IOException, InterruptedException {
        for (int end = 0;
                end < ENVIRONMENTS_MAX
                        && system.deployment().killOneEnvironment("scoring").isPresent();
                end++) {
            Thread.sleep(END_PAUSE_MILLIS);
        }
        long start = System.nanoTime();
        system.ask(0);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Duration processor = system.deployment().pids().entrySet().stream()
                .filter(process -> process.getKey().startsWith("scoring-"))
                .map(process -> ofProcess(process.getValue()))
                .reduce(Duration.ZERO, Duration::plus);
        return new ColdStart(wall, processor);
    }

    /**
     * A cold start.
     *
     * @param wall from the request to its answer
     * @param processor the processor time of the function's process until then, on all cores: other work on the machine
     *     lengthens it less
     */
    public record ColdStart(Duration wall, Duration processor) {}
}
