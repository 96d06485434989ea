package dev.lmmrec.local.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A function and its execution environments: started when needed, used again, ended when idle. */
public final class LambdaFunction implements AutoCloseable {

    /** How often an invocation is given to another environment because the first had ended while unused. */
    private static final int FRESH_STARTS_MAX = 3;

    private static final long REAP_PAUSE_MILLIS_MAX = 1_000;

    private final FunctionSettings settings;
    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore permits;
    private final ExecutorService apiThreads;
    private final ScheduledExecutorService reaper;
    private final Object lock = new Object();
    private final Deque<ExecutionEnvironment> idle = new ArrayDeque<>();
    private final Set<ExecutionEnvironment> all = new LinkedHashSet<>();
    private final Map<Outcome.Reason, Long> failures = new EnumMap<>(Outcome.Reason.class);
    private long started;
    private long running;
    private long answered;
    private boolean closed;

    /**
     * Makes the function ready to be invoked; no process is started yet.
     *
     * @param settings how it is run
     */
    public LambdaFunction(FunctionSettings settings) {
        this.settings = settings;
        this.permits = new Semaphore(settings.environmentsMax(), true);
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "function-" + settings.name());
            thread.setDaemon(true);
            return thread;
        };
        this.apiThreads = Executors.newCachedThreadPool(threads);
        this.reaper = Executors.newSingleThreadScheduledExecutor(threads);
        long pause =
                Math.max(1, Math.min(REAP_PAUSE_MILLIS_MAX, settings.idleMax().toMillis() / 2));
        var unused = reaper.scheduleWithFixedDelay(this::endIdle, pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Its settings.
     *
     * @return how it is run
     */
    public FunctionSettings settings() {
        return settings;
    }

    /**
     * Invokes the function and waits for the end.
     *
     * @param payload the event
     * @param waitMax how long to wait for a free environment
     * @return how it ended
     * @throws InterruptedException if the caller is interrupted; the environment is then given up
     */
    public Outcome invoke(byte[] payload, Duration waitMax) throws InterruptedException {
        if (!permits.tryAcquire(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
            Outcome.Failed throttled = new Outcome.Failed(
                    "", Outcome.Reason.THROTTLED, "TooManyRequestsException", settings.name() + ": Rate Exceeded.");
            synchronized (lock) {
                failures.merge(throttled.reason(), 1L, Long::sum);
            }
            return throttled;
        }
        try {
            synchronized (lock) {
                running++;
            }
            Outcome outcome = null;
            try {
                outcome = invokeSomewhere(payload);
                return outcome;
            } finally {
                synchronized (lock) {
                    running--;
                    if (outcome instanceof Outcome.Answered) {
                        answered++;
                    } else {
                        Outcome.Reason reason =
                                outcome instanceof Outcome.Failed failed ? failed.reason() : Outcome.Reason.CRASHED;
                        failures.merge(reason, 1L, Long::sum);
                    }
                }
            }
        } finally {
            permits.release();
        }
    }

    private Outcome invokeSomewhere(byte[] payload) throws InterruptedException {
        for (int start = 1; ; start++) {
            Invocation invocation = new Invocation(payload);
            ExecutionEnvironment environment;
            try {
                environment = idleOrNew();
            } catch (IOException e) {
                invocation.fail(Outcome.Reason.NOT_STARTED, "Runtime.InitError", e.toString());
                return invocation.outcome().join();
            }
            Instant begin = Instant.now();
            Outcome outcome;
            try {
                outcome = environment.invoke(invocation);
            } catch (InterruptedException e) {
                environment.kill();
                giveBack(environment);
                throw e;
            }
            giveBack(environment);
            boolean endedUnused = outcome instanceof Outcome.Failed failed
                    && failed.reason() == Outcome.Reason.CRASHED
                    && !invocation.isTaken();
            if (!endedUnused || start == FRESH_STARTS_MAX) {
                report(outcome, Duration.between(begin, Instant.now()));
                return outcome;
            }
        }
    }

    private ExecutionEnvironment idleOrNew() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("function " + settings.name() + " has been stopped");
            }
            while (!idle.isEmpty()) {
                ExecutionEnvironment environment = idle.pop();
                if (environment.usable()) {
                    return environment;
                }
                all.remove(environment);
            }
            ExecutionEnvironment environment = ExecutionEnvironment.start(settings, apiThreads, json);
            started++;
            all.add(environment);
            return environment;
        }
    }

    private void giveBack(ExecutionEnvironment environment) {
        synchronized (lock) {
            if (environment.usable() && !closed) {
                idle.push(environment);
                return;
            }
            all.remove(environment);
        }
        environment.close();
    }

    private void endIdle() {
        List<ExecutionEnvironment> old;
        synchronized (lock) {
            long now = System.nanoTime();
            old = idle.stream()
                    .filter(environment -> !environment.usable()
                            || now - environment.idleSinceNanos()
                                    > settings.idleMax().toNanos())
                    .toList();
            idle.removeAll(old);
            old.forEach(all::remove);
        }
        old.forEach(ExecutionEnvironment::close);
    }

    /** One line per invocation beside the function's own output, as Lambda writes it. */
    private void report(Outcome outcome, Duration took) {
        String line;
        if (outcome instanceof Outcome.Failed failed) {
            line = "REPORT RequestId: " + failed.requestId() + "\tDuration: " + took.toMillis() + " ms\tStatus: "
                    + failed.reason().name().toLowerCase(Locale.ROOT) + "\tError Type: " + failed.type() + "\n";
        } else {
            line = "REPORT RequestId: " + ((Outcome.Answered) outcome).requestId() + "\tDuration: " + took.toMillis()
                    + " ms\n";
        }
        try {
            Files.writeString(settings.log(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // the invocation's outcome does not depend on its log
        }
    }

    /**
     * Kills one environment as a crash would, a busy one if there is one.
     *
     * @return the killed process's id, or empty if there was none
     */
    public Optional<Long> killOneEnvironment() {
        synchronized (lock) {
            Optional<ExecutionEnvironment> victim = all.stream()
                    .filter(ExecutionEnvironment::usable)
                    .filter(ExecutionEnvironment::busy)
                    .findFirst()
                    .or(() -> all.stream().filter(ExecutionEnvironment::usable).findFirst());
            victim.ifPresent(ExecutionEnvironment::kill);
            return victim.map(ExecutionEnvironment::pid);
        }
    }

    /**
     * What it has done.
     *
     * @return the counts now
     */
    public FunctionCounts counts() {
        synchronized (lock) {
            return new FunctionCounts(
                    started,
                    all.size(),
                    running,
                    answered,
                    failures.getOrDefault(Outcome.Reason.THREW, 0L),
                    failures.getOrDefault(Outcome.Reason.TIMED_OUT, 0L),
                    failures.getOrDefault(Outcome.Reason.CRASHED, 0L),
                    failures.getOrDefault(Outcome.Reason.NOT_STARTED, 0L));
        }
    }

    /**
     * The processes of its environments.
     *
     * @return their ids
     */
    public List<Long> pids() {
        synchronized (lock) {
            return all.stream().map(ExecutionEnvironment::pid).toList();
        }
    }

    @Override
    public void close() {
        List<ExecutionEnvironment> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(all);
            all.clear();
            idle.clear();
        }
        reaper.shutdownNow();
        left.parallelStream().forEach(ExecutionEnvironment::close);
        apiThreads.shutdownNow();
    }
}
