package dev.lmmrec.local.command;

import dev.lmmrec.local.EndSignal;
import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.Tenancy;
import dev.lmmrec.local.description.Packaging;
import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.process.ClaimedFolder;
import dev.lmmrec.local.process.Folders;
import dev.lmmrec.local.token.TokenSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the deployment and keeps it until it is told to end. */
@Command(
        name = "up",
        description = "Starts the deployment on this machine and keeps it until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final long MEMORY_KIBIBYTES_MIN = 900L * 1024;
    private static final Path MEMORY = Path.of("/proc/meminfo");

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the HTTP API, 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Keep objects, logs and unpacked functions here, in a folder that is new, empty or was used for it"
                            + " before (default: .lmmrec/state, emptied at start). Tables and queues are in memory either"
                            + " way.")
    private Path state;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "A variable for all functions, over the described ones; repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @ArgGroup(exclusive = false, heading = "Tokens (without these the API asks for none):%n")
    private Tokens tokens;

    /** All of it or nothing: an issuer alone would take tokens that are for others. */
    private static final class Tokens {

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "URL",
                description = "Callers must bring a token (JWT) that this issuer signed.")
        private String issuer;

        @Option(
                names = "--audience",
                required = true,
                paramLabel = "NAME",
                description = "For whom tokens must be; repeatable.")
        private List<String> audience = new ArrayList<>();

        @Option(
                names = "--jwks",
                paramLabel = "FILE|URL",
                description = "The issuer's public keys, a JWK set (default: where the issuer says they are).")
        private String keys;

        Tokens() {}

        TokenSettings settings() {
            return new TokenSettings(issuer, audience, Optional.ofNullable(keys));
        }
    }

    @Option(
            names = "--packaging",
            defaultValue = "jvm",
            paramLabel = "FORM",
            description = "Which zips of the functions are run: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Packaging packaging;

    @Option(names = "--root", paramLabel = "DIR", description = "Root of the repository (default: found from here).")
    private Path root;

    @Spec
    private CommandSpec spec;

    UpCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = root == null ? RepositoryRoot.above(Path.of("").toAbsolutePath()) : root.toAbsolutePath();
        checkMemory();
        try (Tenancy tenancy = Tenancy.of(home)) {
            if (state == null) {
                Folders.delete(tenancy.state().resolve("buckets"));
                stay(home, tenancy, tenancy.state(), out);
            } else {
                // the tenancy is of the checkout, and another checkout may be told the same folder
                try (ClaimedFolder claimed = Folders.claim(state.toAbsolutePath())) {
                    stay(home, tenancy, claimed.path(), out);
                }
            }
        }
        return 0;
    }

    private void stay(Path home, Tenancy tenancy, Path files, PrintWriter out)
            throws IOException, InterruptedException {
        LocalSettings.Builder settings = LocalSettings.in(home)
                .packaging(packaging)
                .port(port)
                .state(files)
                .environment(variables)
                .progress(line -> {
                    out.println(line);
                    out.flush();
                });
        if (tokens != null) {
            settings.tokens(tokens.settings());
        }
        // the process may go once the signal is closed, so what must be cleared away is closed before it
        try (EndSignal end = EndSignal.listen();
                tenancy;
                LocalDeployment deployment = LocalDeployment.start(settings.build())) {
            tenancy.publish(deployment.environment());
            out.println("page       " + deployment.api() + "/");
            out.println("api        " + deployment.api());
            out.println("tokens     "
                    + (tokens == null
                            ? "none asked for: whoever reaches this port may do everything (--issuer and --audience"
                                    + " change that)"
                            : "of " + tokens.issuer + " for " + String.join(", ", tokens.audience)));
            out.println("logs       " + deployment.state().resolve("logs"));
            out.println("addresses  " + tenancy.addresses());
            out.println("Ctrl-C ends it.");
            out.flush();
            end.await();
        }
    }

    /** Where the system tells; a deployment that swaps or is killed halfway is harder to understand than this. */
    private static void checkMemory() throws IOException {
        if (!Files.isReadable(MEMORY)) {
            return;
        }
        try (Stream<String> lines = Files.lines(MEMORY, StandardCharsets.US_ASCII)) {
            long available = lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            if (available < MEMORY_KIBIBYTES_MIN) {
                throw new LocalException("only " + available / 1024 + " MB of memory are available, and the deployment"
                        + " needs " + MEMORY_KIBIBYTES_MIN / 1024 + " MB: end something else first");
            }
        }
    }
}
