package dev.lmmrec.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running {@link JavaProgram}, which ends at the latest when this process ends, or a running {@link Executable}. */
public final class ChildProcess implements AutoCloseable {

    private static final long END_MILLIS_MAX = 2_000;
    private static final int TAIL_LINES_MAX = 15;

    private final Path log;
    private final Process process;

    private ChildProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param program what to run
     * @param leash the jar that {@link LeashJar} wrote
     * @return the running process
     * @throws IOException if the operating system cannot start it
     */
    public static ChildProcess start(JavaProgram program, Path leash) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + leash.toAbsolutePath());
        command.addAll(program.options());
        command.add("-cp");
        command.add(String.join(File.pathSeparator, program.classPath()));
        command.add(program.main());
        command.addAll(program.arguments());
        return start(command, program.environment(), program.folder(), program.log());
    }

    /**
     * Starts an executable.
     *
     * @param executable what to run
     * @return the running process
     * @throws IOException if the operating system cannot start it
     */
    public static ChildProcess start(Executable executable) throws IOException {
        return start(
                List.of(executable.file().toString()), executable.environment(), executable.folder(), executable.log());
    }

    private static ChildProcess start(List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ChildProcess(log, builder.start());
    }

    /**
     * Whether it runs.
     *
     * @return false once it has ended
     */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Has something done when the process ends, at once if it has.
     *
     * @param action gets the exit status
     */
    public void onEnd(java.util.function.IntConsumer action) {
        var unused = process.onExit().thenAccept(ended -> action.accept(ended.exitValue()));
    }

    /**
     * Its id.
     *
     * @return the operating system's number for it
     */
    public long pid() {
        return process.pid();
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
    }

    /**
     * The end of its log, for messages.
     *
     * @return the last lines, indented
     */
    public String tail() {
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            return "  "
                    + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES_MAX), lines.size()))
                    + "\n  (" + log + ")";
        } catch (IOException e) {
            return "  (no log at " + log + ")";
        }
    }

    /** Asks it to end, and ends it if it does not within two seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(END_MILLIS_MAX, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
