package dev.lmmrec.local.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * An executable that asks us for work, and so ends by itself once nobody answers any more: it needs no {@link Leash}.
 *
 * @param file what to run
 * @param environment all environment variables it sees
 * @param folder its working directory
 * @param log where its output goes, appended
 */
public record Executable(Path file, Map<String, String> environment, Path folder, Path log) {}
