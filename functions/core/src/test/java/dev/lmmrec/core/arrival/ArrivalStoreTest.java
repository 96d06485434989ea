package dev.lmmrec.core.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.testing.DynamoDbLocal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ArrivalStoreTest {

    private static final long SEED = 20261130;

    private final DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    private final ArrivalStore store =
            new ArrivalStore(dynamoDb, DynamoDbLocal.shared().createTable("slot"));

    @Test
    void itemsOfSeveralWrites_comeBackLatestFirst() {
        assertThat(store.latest()).isEmpty();

        store.add(List.of("strings", "capo"), 1_000);
        store.add(List.of("pedal"), 2_000);

        assertThat(store.latest()).containsExactly("pedal", "capo", "strings");
    }

    @Test
    void itemThatComesAgain_keepsItsPlace() {
        store.add(List.of("strings"), 1_000);
        store.add(List.of("capo"), 2_000);
        store.add(List.of("strings"), 3_000);

        assertThat(store.latest()).containsExactly("capo", "strings");
    }

    @Test
    void moreItemsThanArekept_pushOutTheEarliest() {
        int most = ArrivalStore.SLOTS * Arrivals.ITEMS_MAX;
        store.add(List.of("the-first"), 1);
        store.add(IntStream.range(0, 3 * most).mapToObj(i -> "item-" + i).toList(), 2);
        store.add(List.of("the-last"), 3);

        assertThat(store.latest())
                .hasSizeLessThanOrEqualTo(most)
                .startsWith("the-last")
                .doesNotContain("the-first");
    }

    @Test
    void writersAtTheSameTime_loseNothing() {
        List<String> items = new ArrayList<>(
                IntStream.range(0, 48).mapToObj(i -> "item-" + i).toList());
        Collections.shuffle(items, new Random(SEED));

        IntStream.range(0, 6)
                .parallel()
                .forEach(writer -> store.add(items.subList(8 * writer, 8 * writer + 8), writer));

        assertThat(store.latest()).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(items);
    }
}
