package dev.lmmrec.training.cli;

import java.nio.file.Path;

/**
 * Keeps the engine's native side at home: its libraries come from the class path (or from
 * {@code PYTORCH_LIBRARY_PATH}), are unpacked once below {@code DJL_CACHE_DIR}, by default {@code .lmmrec/djl} of the
 * working directory, and nothing is downloaded or reported.
 */
final class NativeEngine {

    private static final String CACHE = "DJL_CACHE_DIR";
    private static final String ENGINE_CACHE = "ENGINE_CACHE_DIR";

    private NativeEngine() {}

    /** Must run before the engine is first used. */
    static void configure() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        String cache = System.getenv(CACHE);
        if (cache == null) {
            cache = System.getProperty(
                    CACHE, Path.of(".lmmrec", "djl").toAbsolutePath().toString());
            System.setProperty(CACHE, cache);
        }
        if (System.getenv(ENGINE_CACHE) == null && System.getProperty(ENGINE_CACHE) == null) {
            System.setProperty(ENGINE_CACHE, cache);
        }
    }
}
