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

    /**
     * The usual settings, to be changed where a deployment wants others.
     *
     * @param root the repository's root
     * @return settings that say nothing about progress and keep no files
     */
    public static Builder in(Path root) {
        return new Builder(root);
    }

    /**
     * These settings, to be changed.
     *
     * @return a copy
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects settings; those that are not named are as usual. */
    public static final class Builder {

        private static final int PORT = 8080;
        private static final int ENVIRONMENTS_MAX = 2;

        private Path root;
        private Path description;
        private Packaging packaging = Packaging.JVM;
        private final Path servers;
        private int port = PORT;
        private Optional<Path> state = Optional.empty();
        private Map<String, String> environment = Map.of();
        private int environmentsMax = ENVIRONMENTS_MAX;
        private Duration environmentIdleMax = Duration.ofSeconds(60);
        private Duration initMax = Duration.ofSeconds(60);
        private Backoff queueBackoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        private Backoff streamBackoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
        private Optional<TokenSettings> tokens = Optional.empty();
        private Consumer<String> progress = line -> {};

        private Builder(Path root) {
            this.root = root;
            this.description = root.resolve("infra").resolve("deployment.json");
            this.servers = root.resolve("infra").resolve("local").resolve("servers");
        }

        private Builder(LocalSettings settings) {
            root = settings.root;
            description = settings.description;
            packaging = settings.packaging;
            servers = settings.servers;
            port = settings.port;
            state = settings.state;
            environment = settings.environment;
            environmentsMax = settings.environmentsMax;
            environmentIdleMax = settings.environmentIdleMax;
            initMax = settings.initMax;
            queueBackoff = settings.queueBackoff;
            streamBackoff = settings.streamBackoff;
            tokens = settings.tokens;
            progress = settings.progress;
        }

        /**
         * Another description, relative to another root.
         *
         * @param newRoot the folder that zips are described relative to
         * @param file the description
         * @return this
         */
        public Builder description(Path newRoot, Path file) {
            root = newRoot;
            description = file;
            return this;
        }

        /**
         * Another form of the functions' zips.
         *
         * @param form which one
         * @return this
         */
        public Builder packaging(Packaging form) {
            packaging = form;
            return this;
        }

        /**
         * Another port.
         *
         * @param number 0 for any free one
         * @return this
         */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Files kept in a folder.
         *
         * @param folder is made if it is not there
         * @return this
         */
        public Builder state(Path folder) {
            state = Optional.of(folder);
            return this;
        }

        /**
         * Variables for every function.
         *
         * @param variables by name
         * @return this
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * Unused environments kept for another time.
         *
         * @param longest how long
         * @return this
         */
        public Builder environmentIdleMax(Duration longest) {
            environmentIdleMax = longest;
            return this;
        }

        /**
         * Other waits between tries.
         *
         * @param queue for messages
         * @param stream for stream batches
         * @return this
         */
        public Builder backoff(Backoff queue, Backoff stream) {
            queueBackoff = queue;
            streamBackoff = stream;
            return this;
        }

        /**
         * Tokens asked for.
         *
         * @param settings which tokens are taken
         * @return this
         */
        public Builder tokens(TokenSettings settings) {
            tokens = Optional.of(settings);
            return this;
        }

        /**
         * Somebody who is told of stages.
         *
         * @param listener gets one line per stage
         * @return this
         */
        public Builder progress(Consumer<String> listener) {
            progress = listener;
            return this;
        }

        /**
         * All of them.
         *
         * @return the settings
         */
        public LocalSettings build() {
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
                    progress);
        }
    }
}
