package dev.lmmrec.local.demo;

import dev.lmmrec.local.LocalDeployment;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Three users worth looking at: with the most reviews, with a middling number, with the fewest. */
final class UserChoice {

    private static final String USER = "user#";

    private final LocalDeployment deployment;

    UserChoice(LocalDeployment deployment) {
        this.deployment = deployment;
    }

    List<String> threeUsers() {
        List<Reviewer> reviewers = deployment
                .clients()
                .dynamoDb()
                .scanPaginator(
                        scan -> scan.tableName(deployment.resources().tables().get("profiles"))
                                .projectionExpression("#key, reviewCount")
                                .expressionAttributeNames(Map.of("#key", "key"))
                                .filterExpression("begins_with(#key, :user)")
                                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(USER))))
                .items()
                .stream()
                .map(item -> new Reviewer(
                        item.get("key").s().substring(USER.length()),
                        Integer.parseInt(item.get("reviewCount").n())))
                .sorted(Comparator.comparingInt(Reviewer::reviewCount)
                        .reversed()
                        .thenComparing(Reviewer::userId))
                .toList();
        return List.copyOf(new LinkedHashSet<>(List.of(
                reviewers.get(0).userId(),
                reviewers.get(reviewers.size() / 2).userId(),
                reviewers.get(reviewers.size() - 1).userId())));
    }

    private record Reviewer(String userId, int reviewCount) {}
}
