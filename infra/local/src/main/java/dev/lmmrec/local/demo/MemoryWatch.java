package dev.lmmrec.local.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Measures how much memory this process and all its descendants hold at most, twice a second. A page that several of
 * them share counts once (proportional set size). Only Linux tells.
 */
final class MemoryWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;
    private static final String FIELD = "Pss:";

    private final Thread thread = new Thread(this::watch, "memory-watch");

    private volatile boolean running = true;
    private volatile long peakKibibytes;

    MemoryWatch() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (running) {
            ProcessHandle self = ProcessHandle.current();
            long sum = Stream.concat(Stream.of(self), self.descendants())
                    .mapToLong(process -> kibibytes(process.pid()))
                    .sum();
            peakKibibytes = Math.max(peakKibibytes, sum);
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static long kibibytes(long pid) {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"), StandardCharsets.US_ASCII)) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            // ended meanwhile, or no Linux
            return 0;
        }
    }

    /** The most so far, in mebibytes; 0 where it cannot be measured. */
    long peakMebibytes() {
        return peakKibibytes / 1024;
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
    }
}
