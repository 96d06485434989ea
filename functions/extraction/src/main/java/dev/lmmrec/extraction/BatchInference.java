package dev.lmmrec.extraction;

import dev.lmmrec.core.forget.Forgotten;
import dev.lmmrec.core.forget.Forgotten.Arrival;
import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.extraction.batch.BatchFiles;
import dev.lmmrec.extraction.batch.BatchResults;
import dev.lmmrec.extraction.batch.BatchResults.Outcome;
import dev.lmmrec.extraction.cost.Price;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.extraction.extractor.llm.AnswerScreening;
import dev.lmmrec.extraction.extractor.llm.LlmRung;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.privacy.PersonalData;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The command {@code batch-inference}: files for Amazon Bedrock's batch inference out of a file of reviews, and its
 * results into the table. Its configuration is the function's own.
 */
@Command(
        name = "batch-inference",
        mixinStandardHelpOptions = true,
        description =
                "Files for batch inference on Amazon Bedrock, at about half the price of asking at once. The model"
                        + " is LMMREC_BEDROCK_MODEL; prompt, facets and demonstrations are the function's.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the last line on standard error says why", "2:wrong usage"})
public final class BatchInference implements Runnable {

    private static final String MODEL = "bedrock";
    private static final int CONVERTER_PRIORITY = 200;
    private static final double BATCH_PRICE_SHARE = 0.5;

    /** How many reviews are looked up among the forgotten together. */
    private static final int GROUP = 100;

    @Spec
    private CommandSpec spec;

    /** Made for picocli. */
    public BatchInference() {}

    /**
     * Runs one command.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BatchInference()).setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof IllegalArgumentException
                    || e instanceof IllegalStateException
                    || e instanceof UncheckedIOException
                    || e instanceof SdkException) {
                command.getErr().println("lmmrec batch-inference " + command.getCommandName() + ": " + e.getMessage());
                command.getErr().flush();
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw e;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: write or read");
    }

    private static ExtractionSettings settings() {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withMapping(ExtractionSettings.class)
                .build()
                .getConfigMapping(ExtractionSettings.class);
    }

    private static ExtractorId extractor(ExtractionSettings settings, Prompt prompt) {
        return LlmRung.idOf(
                MODEL, ExtractorChoice.needed(MODEL, "MODEL", settings.bedrock().model()), prompt);
    }

    @Command(name = "write", mixinStandardHelpOptions = true, description = "Writes one file a job.")
    int write(
            @Parameters(paramLabel = "FILE", description = "Reviews, one JSON object a line, plain or .gz.") Path file,
            @Option(names = "--out", paramLabel = "DIR", required = true, description = "Gets the files.") Path out,
            @Option(names = "--format", defaultValue = "auto", description = "As for import (${DEFAULT-VALUE}).")
                    String format,
            @Option(
                            names = "--records-max",
                            defaultValue = "50000",
                            description = "Most records of a job (${DEFAULT-VALUE}); see the quotas of your account.")
                    int recordsMax,
            @Option(
                            names = "--bytes-max",
                            defaultValue = "1000000000",
                            description = "Most bytes of a file (${DEFAULT-VALUE}).")
                    long bytesMax) {
        ExtractionSettings settings = settings();
        Prompt prompt = ExtractorChoice.prompt(settings);
        PersonalData personalData = new PersonalData(settings.phoneRegion());
        Clock clock = Clock.systemUTC();
        PrintWriter print = spec.commandLine().getOut();
        ReviewFile input = new ReviewFile(file, ReviewFormat.named(format), new ReviewCheck(clock));
        int[] counts = new int[3];
        try (DynamoDbClient dynamoDb = dynamoDb();
                BatchFiles files = new BatchFiles(
                        out,
                        nameOf(file),
                        recordsMax,
                        bytesMax,
                        prompt,
                        settings.llm().tokensPerAnswer(),
                        extractor(settings, prompt),
                        ExtractorChoice.needed(
                                MODEL, "MODEL", settings.bedrock().model()),
                        clock.millis())) {
            Asking asking = new Asking(
                    new Forgotten(dynamoDb, settings.forgottenTable(), clock), files, personalData, clock.millis());
            Map<String, Integer> lastOf = lastOfEachId(input);
            int[] tenth = {0};
            input.read(
                    line -> {
                        if (line instanceof ReadLine.Reviews reviews) {
                            counts[1] += reviews.rejected().size();
                            reviews.accepted().forEach(accepted -> {
                                Review review = accepted.review();
                                if (lastOf.get(review.reviewId()) == counts[2]++) {
                                    asking.add(review);
                                } else {
                                    counts[0]++;
                                }
                            });
                        } else {
                            counts[1]++;
                        }
                    },
                    (bytes, bytesAll) -> {
                        int now = (int) (10 * bytes / Math.max(1, bytesAll));
                        if (now > tenth[0]) {
                            tenth[0] = now;
                            print.println(10 * now + " % " + files.records() + " records");
                            print.flush();
                        }
                    });
            asking.flush();
            List<Path> written = files.finish();
            print.printf(
                    Locale.ROOT,
                    "%d records in %d files, %d left out that come again further down, %d forgotten,"
                            + " %d lines refused%n",
                    files.records(),
                    written.size(),
                    counts[0],
                    asking.gone,
                    counts[1]);
            written.forEach(path -> print.println("  " + path));
            print.println("  create each job with model invocation type Converse; keep " + out.resolve("asked")
                    + ", without which no result can be read");
            print.flush();
        }
        return 0;
    }

    private static DynamoDbClient dynamoDb() {
        return DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /**
     * Asks about reviews, group by group, but for those of people who were forgotten: they must not leave the house.
     */
    private static final class Asking {

        private final Forgotten forgotten;
        private final BatchFiles files;
        private final PersonalData personalData;
        private final long askedAt;
        private final List<Arrival> group = new ArrayList<>();
        private int gone;

        Asking(Forgotten forgotten, BatchFiles files, PersonalData personalData, long askedAt) {
            this.forgotten = forgotten;
            this.files = files;
            this.personalData = personalData;
            this.askedAt = askedAt;
        }

        void add(Review review) {
            group.add(new Arrival(review, askedAt));
            if (group.size() == GROUP) {
                flush();
            }
        }

        void flush() {
            Set<Arrival> found = forgotten.among(group);
            for (Arrival arrival : group) {
                if (found.contains(arrival)) {
                    gone++;
                } else {
                    files.ask(personalData.blot(arrival.review()));
                }
            }
            group.clear();
        }
    }

    /** Which review is the last of its id: a later one is a revision, and the one that counts. */
    private static Map<String, Integer> lastOfEachId(ReviewFile file) {
        Map<String, Integer> last = new HashMap<>();
        int[] number = {0};
        file.read(
                line -> {
                    if (line instanceof ReadLine.Reviews reviews) {
                        reviews.accepted()
                                .forEach(accepted -> last.put(accepted.review().reviewId(), number[0]++));
                    }
                },
                (bytes, bytesAll) -> {});
        return last;
    }

    private static String nameOf(Path file) {
        return file.getFileName()
                .toString()
                .replaceAll("\\.(gz|jsonl?|json)\\b", "")
                .replaceAll("[^A-Za-z0-9-]+", "-");
    }

    @Command(
            name = "read",
            mixinStandardHelpOptions = true,
            description = "Reads results, FILE.jsonl.out as Bedrock writes them, into the table of motivations.")
    int read(
            @Parameters(paramLabel = "RESULT", arity = "1..*", description = "Downloaded results.") List<Path> results,
            @Option(
                            names = "--asked",
                            paramLabel = "DIR",
                            required = true,
                            description = "The folder that write was given.")
                    Path folder) {
        ExtractionSettings settings = settings();
        Prompt prompt = ExtractorChoice.prompt(settings);
        PrintWriter print = spec.commandLine().getOut();
        Price price = new Price(settings.bedrock().priceIn(), settings.bedrock().priceOut());
        try (DynamoDbClient dynamoDb = dynamoDb()) {
            BatchResults reading = new BatchResults(
                    new AnswerScreening(prompt, new PersonalData(settings.phoneRegion())),
                    new Grounding(),
                    new MotivationStore(dynamoDb, settings.motivationsTable()),
                    new Forgotten(dynamoDb, settings.forgottenTable(), Clock.systemUTC())::among,
                    extractor(settings, prompt).value());
            for (Path result : results) {
                Path rejects = result.resolveSibling(result.getFileName() + ".rejects.jsonl");
                tell(print, result, reading.read(result, folder, rejects), rejects, price);
            }
        }
        return 0;
    }

    private static void tell(PrintWriter print, Path result, Outcome outcome, Path rejects, Price price) {
        print.printf(
                Locale.ROOT,
                "%s: %d reviews with %d motivations stored, %d known, %d stale, %d forgotten, %d rejected;"
                        + " %d quotes and %d statements dropped; %d tokens in, %d out, cost %.2f at half the price%n",
                result.getFileName(),
                outcome.stored(),
                outcome.motivations(),
                outcome.known(),
                outcome.stale(),
                outcome.forgotten(),
                outcome.rejected(),
                outcome.quotesDropped(),
                outcome.statementsRefused(),
                outcome.tokensIn(),
                outcome.tokensOut(),
                BATCH_PRICE_SHARE * price.of(outcome.tokensIn(), outcome.tokensOut()));
        if (outcome.unreadable() + outcome.unknown() > 0) {
            print.println("  " + outcome.unreadable() + " lines are no JSON, " + outcome.unknown()
                    + " are of records that were not asked or came twice");
        }
        if (outcome.rejected() > 0) {
            print.println("  rejected: " + rejects + "; ./lmmrec import sends them to the queue");
        }
        print.flush();
    }
}
