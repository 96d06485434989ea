package dev.lmmrec.core.motivation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.profile.Rows;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.vector.DenseVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MotivationStoreTest {

    private final MotivationStore store = new MotivationStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("reviewId"));

    @Test
    void row_withAndWithoutVectors_comesBackAsItWas() {
        ReviewMotivations row =
                Rows.row("ä/1 \uD83D\uDE00", 5, 7, Rows.motivation("light", 0.1), Rows.motivation("x", 1e-7));
        assertThat(store.put(row)).isTrue();
        assertThat(store.find(row.reviewId())).contains(row);

        ReviewMotivations embedded = row.withVectors(new ReviewVectors(
                "encoder",
                DenseVector.of(0.6f, -0.8f).atRest(),
                List.of(DenseVector.of(1, 0).atRest(), DenseVector.of(0, 1).atRest())));
        assertThat(store.putVectors(embedded)).isTrue();
        assertThat(store.find(row.reviewId())).contains(embedded);
    }

    @Test
    void row_unknown_isEmpty() {
        assertThat(store.find("nothing")).isEmpty();
    }

    @Test
    void put_olderRevision_changesNothing() {
        ReviewMotivations newer = Rows.row("a", 5, 8, Rows.motivation("new", 0.5));
        assertThat(store.put(newer)).isTrue();
        assertThat(store.put(Rows.row("a", 5, 7, Rows.motivation("old", 0.5)))).isFalse();
        assertThat(store.find("a")).contains(newer);
    }

    @Test
    void put_sameOrNewerRevision_replaces() {
        store.put(Rows.row("a", 5, 7, Rows.motivation("old", 0.5)));
        assertThat(store.put(Rows.row("a", 5, 7, Rows.motivation("again", 0.5))))
                .isTrue();
        assertThat(store.put(Rows.row("a", 5, 8, Rows.motivation("new", 0.5)))).isTrue();
        assertThat(store.find("a").orElseThrow().motivations().get(0).statement())
                .isEqualTo("new");
    }

    @Test
    void putVectors_ofAnotherRevision_changesNothing() {
        ReviewMotivations row = Rows.row("a", 5, 7);
        ReviewMotivations newer = Rows.row("a", 5, 8);
        store.put(newer);
        assertThat(store.putVectors(row.withVectors(new ReviewVectors("e", DenseVector.of(1), List.of()))))
                .isFalse();
        assertThat(store.putVectors(Rows.row("b", 5, 7))).isFalse();
        assertThat(store.find("a")).contains(newer);
        assertThat(store.find("b")).isEmpty();
    }

    @Test
    void findAll_250Keys_findsThoseThatExist() {
        List<ReviewMotivations> rows =
                IntStream.range(0, 250).mapToObj(i -> Rows.row("r" + i, i, 1)).toList();
        rows.forEach(store::put);
        List<String> asked =
                new ArrayList<>(rows.stream().map(ReviewMotivations::reviewId).toList());
        asked.add("r0");
        asked.add("nothing");

        Map<String, ReviewMotivations> found = store.findAll(asked);
        assertThat(found).hasSize(250);
        rows.forEach(row -> assertThat(found).containsEntry(row.reviewId(), row));
        assertThat(store.findAll(List.of())).isEmpty();
    }

    @Test
    void scan_overSeveralPages_seesEveryRowOnce() {
        byte[] noise = new byte[15_000];
        new Random(1).nextBytes(noise);
        String statement = new String(noise, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", "x");
        // a page holds 1 MB
        List<ReviewMotivations> rows = IntStream.range(0, 120)
                .mapToObj(i -> Rows.row("r" + i, i, 1, Rows.motivation(statement + i, 0.5)))
                .toList();
        rows.forEach(store::put);
        assertThat(store.scan()).containsExactlyInAnyOrderElementsOf(rows);
    }
}
