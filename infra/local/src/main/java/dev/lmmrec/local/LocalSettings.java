package dev.lmmrec.local;

import dev.lmmrec.local.description.Packaging;
import dev.lmmrec.local.mapping.Backoff;
import dev.lmmrec.local.token.TokenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a local deployment is run.
 *
 * @param root the folder that zips are described relative to, as a rule the repository's root
 * @param description the description of the deployment
 * @param packaging which of the zips of the functions are run
 * @param servers the folder with the built servers
 * @param port where the HTTP API listens, 0 for any free port
 * @param state where files are kept: buckets, logs, unpacked functions; empty for a temporary folder that is deleted
 * @param environment variables given to every function, over the described ones
 * @param environmentsMax how many environments a function may have unless a mapping asks for more
 * @param environmentIdleMax how long an unused environment is kept
 * @param initMax how long an environment may take to come up
 * @param queueBackoff how long messages of a failed batch stay hidden, by how often they were received
 * @param streamBackoff the waits before a failed stream batch is tried again
 * @param tokens which tokens callers must bring; empty lets everybody in who reaches the port
 * @param progress is told one line per stage
 */
public record LocalSettings(
        Path root,
        Path description,
        Packaging packaging,
        Path servers,
        int port,
        Optional<Path> state,
        Map<String, String> environment,
        int environmentsMax,
        Duration environmentIdleMax,
        Duration initMax,
        Backoff queueBackoff,
        Backoff streamBackoff,
        Optional<TokenSettings> tokens,
        Consumer<String> progress) {

    private static final int PORT = 8080;

    /**
     * The usual settings.
     *
     * @param root the repository's root
     * @return settings that say nothing about progress and keep no files
     */
    public static LocalSettings of(Path root) {
        return new LocalSettings(
                root,
                root.resolve("infra").resolve("deployment.json"),
                Packaging.JVM,
                root.resolve("infra").resolve("local").resolve("servers"),
                PORT,
                Optional.empty(),
                Map.of(),
                2,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
                Optional.empty(),
                line -> {});
    }

    /**
     * With another description, relative to another root.
     *
     * @param newRoot the folder that zips are described relative to
     * @param newDescription the description
     * @return new settings
     */
    public LocalSettings withDescription(Path newRoot, Path newDescription) {
        return new LocalSettings(
                newRoot,
                newDescription,
                packaging,
                servers,
                port,
                state,
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                progress);
    }

    /**
     * With another port.
     *
     * @param newPort 0 for any free one
     * @return new settings
     */
    public LocalSettings withPort(int newPort) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                newPort,
                state,
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                progress);
    }

    /**
     * With files kept in a folder.
     *
     * @param folder is made if it is not there
     * @return new settings
     */
    public LocalSettings withState(Path folder) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                port,
                Optional.of(folder),
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                progress);
    }

    /**
     * With variables for every function.
     *
     * @param variables by name
     * @return new settings
     */
    public LocalSettings withEnvironment(Map<String, String> variables) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                port,
                state,
                Map.copyOf(variables),
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                progress);
    }

    /**
     * With other waits between tries.
     *
     * @param queue for messages
     * @param stream for stream batches
     * @return new settings
     */
    public LocalSettings withBackoff(Backoff queue, Backoff stream) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                port,
                state,
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queue,
                stream,
                tokens,
                progress);
    }

    /**
     * With somebody who is told of stages.
     *
     * @param listener gets one line per stage
     * @return new settings
     */
    public LocalSettings withProgress(Consumer<String> listener) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                port,
                state,
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                listener);
    }

    /**
     * With tokens asked for.
     *
     * @param settings which tokens are taken
     * @return new settings
     */
    public LocalSettings withTokens(TokenSettings settings) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                port,
                state,
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                Optional.of(settings),
                progress);
    }

    /**
     * With another form of the functions' zips.
     *
     * @param newPackaging which one
     * @return new settings
     */
    public LocalSettings withPackaging(Packaging newPackaging) {
        return new LocalSettings(
                root,
                description,
                newPackaging,
                servers,
                port,
                state,
                environment,
                environmentsMax,
                environmentIdleMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                progress);
    }

    /**
     * With unused environments kept for another time.
     *
     * @param newMax how long
     * @return new settings
     */
    public LocalSettings withEnvironmentIdleMax(Duration newMax) {
        return new LocalSettings(
                root,
                description,
                packaging,
                servers,
                port,
                state,
                environment,
                environmentsMax,
                newMax,
                initMax,
                queueBackoff,
                streamBackoff,
                tokens,
                progress);
    }
}
