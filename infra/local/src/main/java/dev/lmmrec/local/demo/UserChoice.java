package dev.lmmrec.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lmmrec.local.LocalDeployment;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Three users worth looking at: one with many, one with a middling number and one with few reviews; near each of these
 * places the first who said what they wanted.
 */
final class UserChoice {

    private static final String USER = "user#";
    private static final int LOOKED_AT_MAX = 10;
    private static final int NEEDS_MIN = 2;

    private final LocalDeployment deployment;
    private final Api api;

    UserChoice(LocalDeployment deployment, Api api) {
        this.deployment = deployment;
        this.api = api;
    }

    List<String> threeUsers() throws IOException, InterruptedException {
        List<Reviewer> reviewers = reviewers();
        Set<String> chosen = new LinkedHashSet<>();
        for (int place : List.of(0, reviewers.size() / 2, reviewers.size() * 9 / 10)) {
            chosen.add(sayingWhatTheyWant(reviewers, place));
        }
        return List.copyOf(chosen);
    }

    private List<Reviewer> reviewers() {
        return deployment
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
    }

    private String sayingWhatTheyWant(List<Reviewer> reviewers, int place) throws IOException, InterruptedException {
        for (int i = place; i < Math.min(reviewers.size(), place + LOOKED_AT_MAX); i++) {
            int needs = 0;
            for (JsonNode motivation :
                    api.userProfile(reviewers.get(i).userId()).path("motivations")) {
                needs += "USER".equals(motivation.path("side").asText()) ? 1 : 0;
            }
            if (needs >= NEEDS_MIN) {
                return reviewers.get(i).userId();
            }
        }
        return reviewers.get(place).userId();
    }

    private record Reviewer(String userId, int reviewCount) {}
}
