package dev.lmmrec.local.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Prices and assumptions, as {@code infra/costs.json} has them. Money is in dollars, kilobytes are 1,000 bytes where
 * they are stored and 1,024 where DynamoDB counts units, which changes no figure by more than 3 %.
 *
 * @param pricesFrom where and when the prices hold
 * @param prices what AWS takes
 * @param extractors ways of extraction by name
 * @param assumptions how much of everything is used
 */
public record CostSheet(String pricesFrom, Prices prices, Map<String, Extractor> extractors, Assumptions assumptions) {

    /**
     * What AWS takes. Each component's name ends in what it is paid for.
     *
     * @param lambdaGigabyteSecondArm64 a function's memory for a second
     * @param lambdaMillionInvocations invocations
     * @param httpApiMillionRequests requests to the API
     * @param sqsMillionRequests requests to queues
     * @param dynamoDbMillionWriteUnits writes of 1 KB
     * @param dynamoDbMillionReadUnits strongly consistent reads of 4 KB
     * @param dynamoDbGigabyteMonth what tables hold
     * @param dynamoDbRecoveryGigabyteMonth the same, for point-in-time recovery
     * @param logsGigabyte lines taken in
     * @param gpuInstanceHour one GPU machine
     * @param gpuInstanceSpotHour the same on the Spot market, where the price moves
     * @param alarmMonth an alarm
     * @param dashboardMonth a dashboard
     * @param kmsKeyMonth a key
     */
    public record Prices(
            double lambdaGigabyteSecondArm64,
            double lambdaMillionInvocations,
            double httpApiMillionRequests,
            double sqsMillionRequests,
            double dynamoDbMillionWriteUnits,
            double dynamoDbMillionReadUnits,
            double dynamoDbGigabyteMonth,
            double dynamoDbRecoveryGigabyteMonth,
            double logsGigabyte,
            double gpuInstanceHour,
            double gpuInstanceSpotHour,
            double alarmMonth,
            double dashboardMonth,
            double kmsKeyMonth) {}

    /**
     * A way of extraction.
     *
     * @param millisPerReview how long the function works, or waits, for one review
     * @param dollarsPerMillionTokensIn what the model takes for the prompt
     * @param dollarsPerMillionTokensOut what it takes for the answer
     */
    public record Extractor(
            double millisPerReview, double dollarsPerMillionTokensIn, double dollarsPerMillionTokensOut) {}

    /**
     * How much of everything is used.
     *
     * @param tokensInPerReview prompt, schema and review
     * @param tokensOutPerReview the answer
     * @param callsPerReview 1 and the share of answers that are asked for once more
     * @param rowKilobytes a review's row before it is embedded
     * @param rowWithVectorsKilobytes the same afterwards
     * @param indexWritesPerReview indexes that get an entry
     * @param embeddingMillisPerReview the function's time
     * @param embeddingReviewsPerInvocation how many changes come together
     * @param profilesPerReview profiles merged anew; fewer if one batch holds several reviews of a user or item
     * @param rowsReadPerProfile reviews that a profile is merged from
     * @param profileKilobytes a profile
     * @param logKilobytesPerInvocation what an invocation writes to its log
     * @param scoringMillisPerRequest the function's time
     * @param profilesReadPerRequest the user's and those of the items shown
     * @param trainingHours one run with the machine's start
     * @param alarms alarms of the deployment
     */
    public record Assumptions(
            double tokensInPerReview,
            double tokensOutPerReview,
            double callsPerReview,
            double rowKilobytes,
            double rowWithVectorsKilobytes,
            double indexWritesPerReview,
            double embeddingMillisPerReview,
            double embeddingReviewsPerInvocation,
            double profilesPerReview,
            double rowsReadPerProfile,
            double profileKilobytes,
            double logKilobytesPerInvocation,
            double scoringMillisPerRequest,
            double profilesReadPerRequest,
            double trainingHours,
            double alarms) {}

    /**
     * Reads a sheet.
     *
     * @param file the JSON file
     * @return the sheet
     * @throws LocalException saying what is wrong with it and where
     */
    public static CostSheet read(Path file) {
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build()
                    .readValue(Files.readAllBytes(file), CostSheet.class);
        } catch (JsonProcessingException e) {
            throw new LocalException(file + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new LocalException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
