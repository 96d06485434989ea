package dev.lmmrec.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.bench.search.SearchBench.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchBenchTest {

    @TempDir
    Path folder;

    @Test
    void ways_findTheSameItems() throws Exception {
        List<Row> rows =
                new SearchBench(64, 20, 30, List.of(10, 400), 3, line -> {}).run(folder, 3_000, Vectors.CLUSTERED);

        Map<String, Row> byWay = rows.stream().collect(Collectors.toMap(Row::way, Function.identity()));
        assertThat(byWay).containsOnlyKeys("plain Java", "ONNX Runtime", "exact", "graph, beam 10", "graph, beam 400");
        // sums of floats in another order may swap two items of nearly equal products
        assertThat(byWay.get("exact").recall()).isGreaterThan(0.998);
        assertThat(byWay.get("ONNX Runtime").recall()).isGreaterThan(0.998);
        assertThat(byWay.get("graph, beam 400").recall())
                .isGreaterThan(0.98)
                .isGreaterThanOrEqualTo(byWay.get("graph, beam 10").recall());
        assertThat(rows).allSatisfy(row -> assertThat(row.p99()).isGreaterThanOrEqualTo(row.p50()));
    }

    @ParameterizedTest
    @EnumSource
    void vectors_ofTheSameSeed_areTheSame_andOfAnotherDiffer(Vectors vectors) {
        float[] item = vectors.item(5, 8, 1);
        float[] user = vectors.user(5, 8, 1);

        assertThat(vectors.item(5, 8, 1)).isEqualTo(item).isNotEqualTo(vectors.item(6, 8, 1));
        assertThat(vectors.user(5, 8, 1)).isEqualTo(user).isNotEqualTo(vectors.user(5, 8, 2));
    }
}
