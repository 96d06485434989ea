package dev.lmmrec.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to run on the Java that runs us.
 *
 * @param name what messages call it
 * @param options JVM options
 * @param classPath entries of the class path, {@code folder/*} allowed
 * @param main the main class
 * @param arguments what the main method gets
 * @param environment all environment variables it sees
 * @param folder its working directory
 * @param log where its output goes, appended
 */
public record JavaProgram(
        String name,
        List<String> options,
        List<String> classPath,
        String main,
        List<String> arguments,
        Map<String, String> environment,
        Path folder,
        Path log) {}
