package dev.lmmrec.scoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.Profiles;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import dev.lmmrec.scoring.feedback.UserRows.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class UserRowsTest {

    private final DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    private final ProfileStore profiles =
            new ProfileStore(dynamoDb, DynamoDbLocal.shared().createTable("key"));
    private final FeedbackStore feedback =
            new FeedbackStore(dynamoDb, DynamoDbLocal.shared().createTable("userId"));
    private final UserRows users = new UserRows(dynamoDb, profiles, feedback);

    @Test
    void profileAndFeedback_ofMoreUsersThanOneRequestTakes_comeTogether() {
        List<String> ids = IntStream.range(0, 60).mapToObj(i -> "user-" + i).toList();
        for (String id : ids.subList(0, 40)) {
            profiles.save(Profiles.profile(ProfileKey.user(id), List.of("tent"), Profiles.vector(1)));
        }
        for (String id : ids.subList(20, 60)) {
            feedback.add(id, new FeedbackEvent("e1", Kind.BOUGHT, List.of("lamp"), null, 1));
        }

        Map<String, Known> known = users.findAll(ids);

        assertThat(known.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        for (int i = 0; i < ids.size(); i++) {
            Known user = known.get(ids.get(i));
            assertThat(user.profile().map(Profile::key).isPresent()).isEqualTo(i < 40);
            assertThat(user.feedback().userId()).isEqualTo(ids.get(i));
            assertThat(user.feedback().bought()).isEqualTo(i < 20 ? List.of() : List.of("lamp"));
        }
    }

    @Test
    void userOfWhomNothingIsKnown_isThereWithoutAnything() {
        assertThat(users.findAll(List.of("nobody", "nobody")))
                .hasSize(1)
                .containsValue(new Known(Optional.empty(), Feedback.none("nobody")));
    }
}
