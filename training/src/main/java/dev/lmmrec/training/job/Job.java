package dev.lmmrec.training.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.training.data.RefusedInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Runs a command so that it may be interrupted at any moment and started again elsewhere. What it can go on from is
 * kept below {@code STATE/JOB-ID/}, whichever attempt it is; a job that was done is not done again.
 */
public final class Job {

    private static final String DONE = "done.json";
    private static final String STATE = "state";
    private static final String CHECKPOINTS = "--checkpoints";

    private final S3Client s3;
    private final Place place;
    private final Command command;
    private final Consumer<String> log;

    /**
     * Sets up a job.
     *
     * @param s3 the client, owned by the caller
     * @param place where it works
     * @param command what it does
     * @param log gets the lines of the job's log
     */
    public Job(S3Client s3, Place place, Command command, Consumer<String> log) {
        this.s3 = s3;
        this.place = place;
        this.command = command;
        this.log = log;
    }

    /** What a job does: a command line without the part that is about the job. */
    public interface Command {

        /**
         * Runs.
         *
         * @param words the command and its arguments, without S3 addresses
         * @return how it ended
         */
        int run(List<String> words);

        /**
         * Whether the command can be told where to keep its checkpoints. One that cannot goes on from what it finds in
         * its {@code --out} folder.
         *
         * @param name the command
         * @return whether it has the option {@code --checkpoints}
         */
        boolean keepsCheckpoints(String name);
    }

    /**
     * Where a job works.
     *
     * @param state below which jobs keep their state; empty if this one is not meant to go on after an interruption
     * @param id tells this job from others; the same for every attempt
     * @param folder of this attempt alone, empty or not there yet
     * @param keepEvery how often is looked for something new to keep
     * @param grace how long the answer to SIGTERM may take
     */
    public record Place(Optional<S3Address> state, String id, Path folder, Duration keepEvery, Duration grace) {

        /**
         * Checks the job's id.
         *
         * @throws IllegalArgumentException if it cannot be part of a key
         */
        public Place {
            if (state.isPresent() && !id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")) {
                throw new IllegalArgumentException("the job's id is '" + id
                        + "', must be 1 to 200 letters, digits, dots, colons, underscores, hyphens");
            }
        }
    }

    /**
     * Runs the command, from where it stood if an attempt before was interrupted.
     *
     * @param words the command and its arguments; addresses in S3 stand for files
     * @return how it ended, an {@link ExitCode} or a number of the command's own
     * @throws RefusedInputException if the folder is not empty or an address leads nowhere
     * @throws IOException if S3 or the disk fails before the command has begun or after it was done
     */
    public int run(List<String> words) throws IOException, RefusedInputException {
        requireEmpty(place.folder());
        Path kept = place.folder().resolve(STATE);
        JobFiles files = new JobFiles(s3, place.folder().resolve("in"));
        if (place.state().isEmpty()) {
            log.accept("nothing is kept: an interruption loses what is done so far");
            return finished(command.run(arguments(words, files, kept)), files);
        }
        S3Folder folder = new S3Folder(
                s3,
                new S3Address(
                        place.state().get().bucket(),
                        place.state().get().asFolder().key() + place.id() + "/"));
        Optional<byte[]> done = folder.read(DONE);
        if (done.isPresent()) {
            log.accept("done already: " + new String(done.get(), StandardCharsets.UTF_8));
            return ExitCode.DONE.number();
        }
        FolderMirror mirror = new FolderMirror(folder, kept, log);
        log.accept(mirror.restore()
                .map(number -> "goes on from snapshot " + number + " of " + folder.address())
                .orElse("begins; its state is kept in " + folder.address()));
        List<String> arguments = arguments(words, files, kept);
        int code = kept(arguments, mirror);
        code = finished(code, files);
        if (code == ExitCode.DONE.number()) {
            folder.write(DONE, new JsonMapper().writeValueAsBytes(Map.of("command", words)));
            mirror.clear();
        }
        return code;
    }

    private static void requireEmpty(Path folder) throws IOException, RefusedInputException {
        if (Files.exists(folder)) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new RefusedInputException(
                            folder + " is not empty; give each attempt of a job a folder of its own");
                }
            }
        }
    }

    private List<String> arguments(List<String> words, JobFiles files, Path kept)
            throws IOException, RefusedInputException {
        boolean checkpoints = command.keepsCheckpoints(words.get(0));
        List<String> arguments = new ArrayList<>(
                files.localise(words, checkpoints ? place.folder().resolve("out") : kept.resolve("out")));
        if (checkpoints) {
            arguments.add(CHECKPOINTS);
            arguments.add(kept.resolve("checkpoints").toString());
        }
        return arguments;
    }

    private int kept(List<String> arguments, FolderMirror mirror) {
        ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "keeper");
            thread.setDaemon(true);
            return thread;
        });
        Keeping keeping = new Keeping(mirror, log);
        long every = place.keepEvery().toMillis();
        ScheduledFuture<?> regular = keeper.scheduleWithFixedDelay(keeping, every, every, TimeUnit.MILLISECONDS);
        Interruption interruption = new Interruption(() -> {
            regular.cancel(false);
            boolean inTime = within(place.grace(), keeper.submit(keeping));
            log.accept((inTime ? "interrupted" : "interrupted, and the time was too short to keep the latest")
                    + "; the next attempt goes on from snapshot " + mirror.number());
        });
        try {
            int code = command.run(arguments);
            if (code != ExitCode.DONE.number()) {
                within(place.grace(), keeper.submit(keeping));
            }
            return code;
        } finally {
            interruption.close();
            keeper.shutdownNow();
            within(place.grace(), keeper);
        }
    }

    private int finished(int code, JobFiles files) throws IOException {
        // what a gate refused is whole, and its report says why
        if (code == ExitCode.DONE.number() || code == ExitCode.GATE.number()) {
            for (S3Address address : files.upload()) {
                log.accept("written to " + address);
            }
        }
        return code;
    }

    private static boolean within(Duration limit, Future<?> task) {
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("keeping tells its failures itself", e);
        }
    }

    private static void within(Duration limit, ScheduledExecutorService keeper) {
        try {
            keeper.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look for something new. A failure is told once and tried again at the next look; training goes on. */
    private static final class Keeping implements Runnable {

        private final FolderMirror mirror;
        private final Consumer<String> log;
        private boolean failing;

        Keeping(FolderMirror mirror, Consumer<String> log) {
            this.mirror = mirror;
            this.log = log;
        }

        @Override
        public void run() {
            try {
                if (mirror.keep() && failing) {
                    log.accept("snapshot " + mirror.number() + " is kept again");
                    failing = false;
                }
            } catch (IOException | RuntimeException e) {
                if (!failing) {
                    log.accept("cannot keep a snapshot, goes on without: " + e.getMessage());
                }
                failing = true;
            }
        }
    }
}
