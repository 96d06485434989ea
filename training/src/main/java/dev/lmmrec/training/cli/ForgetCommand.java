package dev.lmmrec.training.cli;

import dev.lmmrec.core.forget.Forgetting;
import dev.lmmrec.core.forget.Forgetting.Outcome;
import dev.lmmrec.core.forget.Forgotten;
import dev.lmmrec.core.forget.PerUserRows;
import dev.lmmrec.core.forget.Subject;
import dev.lmmrec.core.forget.Traces;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.training.data.RefusedInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** {@code forget}: a user or a review out of all tables, and what is beyond them told. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Takes a user or a review out of the deployment: reviews' rows with their texts, quotes and"
                + " vectors, profiles, which are merged anew without them, and what is still in the queue, which"
                + " extraction will drop. Again is as good as once; a run that was stopped is finished by the next.",
        exitCodeList = {
            "0:nothing of it is left in the tables",
            "1:failed, or --verify found something; run it again",
            "2:wrong usage"
        })
final class ForgetCommand implements Callable<Integer> {

    private static final String PROFILES = "LMMREC_PROFILES_TABLE";
    private static final String FORGOTTEN = "LMMREC_FORGOTTEN_TABLE";

    /** Further tables by the variable that names them, with the attribute that holds the user's id. */
    private static final Map<String, String> PER_USER = Map.of("LMMREC_FEEDBACK_TABLE", "userId");

    private static final int TRACES_SHOWN_MAX = 10;

    /** No id is looked for within other texts: short ones stand in many. */
    private static final int WHOLE_ONLY = Integer.MAX_VALUE;

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Who who;

    /** Exactly one of them. */
    private static final class Who {

        @Option(names = "--user", paramLabel = "ID", required = true, description = "All that this user wrote.")
        private String user;

        @Option(names = "--review", paramLabel = "ID", required = true, description = "This review.")
        private String review;

        Subject subject() throws RefusedInputException {
            try {
                return user != null ? Subject.user(user) : Subject.review(review);
            } catch (IllegalArgumentException e) {
                throw new RefusedInputException(e.getMessage());
            }
        }
    }

    @Option(names = "--dry-run", description = "Tell what would be removed, and remove nothing.")
    private boolean dryRun;

    @Option(
            names = "--verify",
            description = "Afterwards read the tables from end to end, and fail if the id still stands anywhere.")
    private boolean verify;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the counts as JSON.")
    private Path json;

    ForgetCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Subject subject = who.subject();
        String motivations = clients.table(Clients.TABLE);
        String profiles = clients.table(PROFILES);
        String forgotten = clients.table(FORGOTTEN);
        Map<String, String> perUser = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : PER_USER.entrySet()) {
            perUser.put(clients.table(each.getKey()), each.getValue());
        }
        try (Console console = new Console(spec.commandLine().getOut());
                DynamoDbClient dynamoDb = DynamoDbClient.builder()
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            long started = System.nanoTime();
            Forgetting forgetting = new Forgetting(
                    new Forgotten(dynamoDb, forgotten, Clock.systemUTC()),
                    new MotivationStore(dynamoDb, motivations),
                    new ProfileStore(dynamoDb, profiles),
                    new ProfileMerge(),
                    perUser.entrySet().stream()
                            .map(each -> new PerUserRows(dynamoDb, each.getKey(), each.getValue()))
                            .toList());
            Outcome outcome = dryRun ? forgetting.look(subject) : forgetting.forget(subject);
            console.done("forget", describe(outcome), started);
            List<String> left = new ArrayList<>();
            if (verify && !dryRun) {
                long reading = System.nanoTime();
                List<String> tables = new ArrayList<>(List.of(motivations, profiles, forgotten));
                tables.addAll(perUser.keySet());
                for (String table : tables) {
                    left.addAll(new Traces(dynamoDb).in(table, Set.of(subject.id()), WHOLE_ONLY));
                }
                console.done("verify", left.size() + " places where the id still stands", reading);
                left.stream().limit(TRACES_SHOWN_MAX).forEach(place -> console.line("  still in " + place));
            }
            List<String> artefacts = artefactsOf(subject);
            outOfReach(subject, artefacts).forEach(console::line);
            if (json != null) {
                Report.write(json, report(outcome, left, artefacts));
            }
            return left.isEmpty() ? 0 : 1;
        }
    }

    private String describe(Outcome outcome) {
        StringBuilder told = new StringBuilder(dryRun ? "would remove " : "removed ")
                .append(outcome.rows())
                .append(" reviews with their quotes and vectors and ")
                .append(outcome.profilesRemoved())
                .append(" profiles, ")
                .append(dryRun ? "would merge " : "merged ")
                .append(outcome.profilesRewritten())
                .append(" profiles anew");
        outcome.otherRows()
                .forEach((table, rows) ->
                        told.append(", ").append(rows).append(" rows of ").append(table));
        return told.toString();
    }

    /** Versions whose list of users has the user: each holds a vector that was trained on what they chose. */
    private List<String> artefactsOf(Subject subject) throws Exception {
        if (subject.kind() != Subject.Kind.USER || !clients.hasBucket()) {
            return List.of();
        }
        return clients.withArtefacts(artefacts -> {
            List<String> holding = new ArrayList<>();
            for (String version : artefacts.versions()) {
                if (lists(artefacts, version + "/users.txt", subject.id())) {
                    holding.add(version);
                }
            }
            return holding;
        });
    }

    private static boolean lists(Clients.Artefacts artefacts, String key, String userId) throws IOException {
        try (var object = artefacts.s3().getObject(get -> get.bucket(artefacts.bucket())
                        .key(key));
                BufferedReader lines = new BufferedReader(new InputStreamReader(object, StandardCharsets.UTF_8))) {
            return lines.lines().anyMatch(userId::equals);
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private static List<String> outOfReach(Subject subject, List<String> artefacts) {
        List<String> lines = new ArrayList<>();
        lines.add("not reached from here:");
        if (subject.kind() == Subject.Kind.USER) {
            lines.add("  artefacts with a vector of this user, until a retrained one is promoted and the old ones are"
                    + " deleted: " + (artefacts.isEmpty() ? "none found" : String.join(", ", artefacts)));
        }
        lines.add("  messages in reviews and reviews-dlq keep the text until they are delivered, which drops them, or"
                + " end by their retention");
        lines.add("  exported rows, uploaded review files, rejects files and batch inference files, wherever they lie");
        lines.add("  backups of the tables and former versions of objects, until they end; logs, which hold ids of"
                + " reviews but no text");
        return lines;
    }

    private static Map<String, Object> report(Outcome outcome, List<String> left, List<String> artefacts) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("reviews", outcome.rows());
        report.put("profilesRemoved", outcome.profilesRemoved());
        report.put("profilesRewritten", outcome.profilesRewritten());
        report.put("otherRows", outcome.otherRows());
        report.put("left", left);
        report.put("artefacts", artefacts);
        return report;
    }
}
