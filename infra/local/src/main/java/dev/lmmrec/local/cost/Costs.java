package dev.lmmrec.local.cost;

import dev.lmmrec.local.cost.CostSheet.Assumptions;
import dev.lmmrec.local.cost.CostSheet.Extractor;
import dev.lmmrec.local.cost.CostSheet.Prices;
import dev.lmmrec.local.description.Description;
import dev.lmmrec.local.description.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arithmetic: what a million of something costs, part by part, in dollars. */
public final class Costs {

    private static final double MEGABYTES_PER_GIGABYTE = 1024;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double KILOBYTES_PER_READ_UNIT = 4;
    private static final double MILLION = 1e6;

    /** Whether user or review were forgotten, before the work and after it. */
    private static final double FORGOTTEN_READS_PER_REVIEW = 4;

    private final Description description;
    private final Prices prices;
    private final Assumptions assumptions;

    /**
     * Takes what the deployment is like and what things cost.
     *
     * @param description gives memory and batch sizes
     * @param sheet gives the rest
     */
    public Costs(Description description, CostSheet sheet) {
        this.description = description;
        this.prices = sheet.prices();
        this.assumptions = sheet.assumptions();
    }

    /**
     * A million reviews from the API to the profiles.
     *
     * @param extractor the way of extraction
     * @return dollars by part
     */
    public Map<String, Double> millionReviews(Extractor extractor) {
        double batch = queueBatch();
        double received = 1 / batch;
        double embedded = 1 / assumptions.embeddingReviewsPerInvocation();
        double writeUnits = Math.ceil(assumptions.rowKilobytes())
                + Math.ceil(assumptions.rowWithVectorsKilobytes())
                + assumptions.indexWritesPerReview()
                + assumptions.profilesPerReview() * Math.ceil(assumptions.profileKilobytes());
        double readUnits = readUnits(assumptions.rowKilobytes())
                + FORGOTTEN_READS_PER_REVIEW
                + assumptions.profilesPerReview()
                        * (assumptions.rowsReadPerProfile() * readUnits(assumptions.rowWithVectorsKilobytes())
                                + readUnits(assumptions.profileKilobytes()));

        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("API", prices.httpApiMillionRequests());
        // sent one by one, received and deleted by the batch
        parts.put("queue", prices.sqsMillionRequests() * (1 + 2 * received));
        parts.put("extraction", invocations("extraction", extractor.millisPerReview() * batch, received));
        parts.put(
                "language model",
                assumptions.callsPerReview()
                        * (assumptions.tokensInPerReview() * extractor.dollarsPerMillionTokensIn()
                                + assumptions.tokensOutPerReview() * extractor.dollarsPerMillionTokensOut()));
        parts.put(
                "embedding",
                invocations(
                        "embedding",
                        assumptions.embeddingMillisPerReview() * assumptions.embeddingReviewsPerInvocation(),
                        embedded));
        parts.put("table writes", prices.dynamoDbMillionWriteUnits() * writeUnits);
        parts.put("table reads", prices.dynamoDbMillionReadUnits() * readUnits);
        parts.put("logs", logs(received + embedded));
        return parts;
    }

    /**
     * A million recommendation requests.
     *
     * @return dollars by part
     */
    public Map<String, Double> millionRequests() {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("API", prices.httpApiMillionRequests());
        parts.put("scoring", invocations("scoring", assumptions.scoringMillisPerRequest(), 1));
        parts.put(
                "table reads",
                prices.dynamoDbMillionReadUnits()
                        * assumptions.profilesReadPerRequest()
                        * readUnits(assumptions.profileKilobytes()));
        parts.put("logs", logs(1));
        return parts;
    }

    /**
     * One training run.
     *
     * @return dollars by kind of machine
     */
    public Map<String, Double> trainingRun() {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("on Spot", prices.gpuInstanceSpotHour() * assumptions.trainingHours());
        parts.put("on demand", prices.gpuInstanceHour() * assumptions.trainingHours());
        return parts;
    }

    /**
     * A month in which nothing happens.
     *
     * @return dollars by part
     */
    public Map<String, Double> idleMonth() {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("alarms", prices.alarmMonth() * assumptions.alarms());
        parts.put("dashboard", prices.dashboardMonth());
        parts.put("key", prices.kmsKeyMonth());
        return parts;
    }

    /**
     * To keep a million reviews and the profiles of as many users and items as they change, for a month.
     *
     * @return dollars
     */
    public double millionReviewsKeptForAMonth() {
        // a kilobyte a review is a gigabyte a million
        return (assumptions.rowWithVectorsKilobytes()
                        + assumptions.profilesPerReview()
                                / assumptions.rowsReadPerProfile()
                                * assumptions.profileKilobytes())
                * (prices.dynamoDbGigabyteMonth() + prices.dynamoDbRecoveryGigabyteMonth());
    }

    private double queueBatch() {
        return description.mappings().values().stream()
                .filter(mapping -> mapping instanceof Mapping.FromQueue
                        && mapping.function().equals("extraction"))
                .mapToInt(Mapping::batchSize)
                .findFirst()
                .orElse(1);
    }

    /** A million of what a share of an invocation is needed for. */
    private double invocations(String function, double millis, double share) {
        double gigabytes = description.functions().get(function).memoryMegabytes() / MEGABYTES_PER_GIGABYTE;
        return share
                * (prices.lambdaMillionInvocations()
                        + MILLION * gigabytes * millis / MILLIS_PER_SECOND * prices.lambdaGigabyteSecondArm64());
    }

    private double logs(double invocations) {
        return prices.logsGigabyte() * assumptions.logKilobytesPerInvocation() * invocations;
    }

    private static double readUnits(double kilobytes) {
        return Math.ceil(kilobytes / KILOBYTES_PER_READ_UNIT);
    }
}
