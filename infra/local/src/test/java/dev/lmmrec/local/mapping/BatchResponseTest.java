package dev.lmmrec.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.runtime.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchResponseTest {

    private static final Set<String> BATCH = Set.of("a", "b", "c");

    private static BatchResponse read(String answer, boolean reporting) {
        return BatchResponse.read(
                new Outcome.Answered("id", answer.getBytes(StandardCharsets.UTF_8)),
                reporting,
                BATCH,
                new ObjectMapper());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "\"fine\"",
                "{\"batchItemFailures\":null}",
                "{\"batchItemFailures\":[]}",
                "{\"other\":1}"
            })
    void read_answerWithoutFailures_meansAllIsDone(String answer) {
        assertThat(read(answer, true)).isEqualTo(new BatchResponse.Done());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"z\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":7}]}",
                "{\"batchItemFailures\":[{\"identifier\":\"a\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"z\"}]}",
                "{\"batchItemFailures\":[null]}",
                "{\"batchItemFailures\":\"a\"}",
                "no JSON"
            })
    void read_answerWithBadIdentifiers_failsTheWholeBatch(String answer) {
        assertThat(read(answer, true)).isInstanceOf(BatchResponse.Failed.class);
    }

    @Test
    void read_answerWithKnownIdentifiers_failsThose() {
        assertThat(read(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"},{\"itemIdentifier\":\"a\"},"
                                + "{\"itemIdentifier\":\"b\"}]}",
                        true))
                .isEqualTo(new BatchResponse.PartlyFailed(Set.of("a", "b")));
    }

    @Test
    void read_answerWithoutReporting_isNotLookedAt() {
        assertThat(read("{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"}]}", false))
                .isEqualTo(new BatchResponse.Done());
    }

    @Test
    void read_failure_failsTheWholeBatchWithOrWithoutReporting() {
        Outcome failed = new Outcome.Failed("id", Outcome.Reason.CRASHED, "Runtime.ExitError", "gone");

        assertThat(BatchResponse.read(failed, true, BATCH, new ObjectMapper()))
                .isEqualTo(new BatchResponse.Failed("Runtime.ExitError: gone"));
        assertThat(BatchResponse.read(failed, false, BATCH, new ObjectMapper()))
                .isInstanceOf(BatchResponse.Failed.class);
    }

    @Test
    void settlement_partlyFailed_deletesTheOthersAndKeepsThese() {
        QueueSettlement settlement =
                QueueSettlement.of(List.of("a", "b", "c"), new BatchResponse.PartlyFailed(Set.of("b")));

        assertThat(settlement.delete()).containsExactly("a", "c");
        assertThat(settlement.keep()).containsExactly("b");
    }

    @Test
    void settlement_failed_keepsAll() {
        QueueSettlement settlement = QueueSettlement.of(List.of("a", "b"), new BatchResponse.Failed("why"));

        assertThat(settlement.delete()).isEmpty();
        assertThat(settlement.keep()).containsExactly("a", "b");
    }

    @Test
    void settlement_done_deletesAll() {
        QueueSettlement settlement = QueueSettlement.of(List.of("a", "b"), new BatchResponse.Done());

        assertThat(settlement.delete()).containsExactly("a", "b");
        assertThat(settlement.keep()).isEmpty();
    }
}
