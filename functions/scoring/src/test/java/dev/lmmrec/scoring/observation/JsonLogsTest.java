package dev.lmmrec.scoring.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLogsTest {

    @Test
    void logLine_isJsonWithTheRequestsId() throws Exception {
        MDC.put(RequestObserver.REQUEST_ID, "r-1");
        String line;
        try {
            line = new JsonLogs.WithRequestId()
                    .format(new ExtLogRecord(
                            Level.WARN, "a \"quoted\"\nthing", getClass().getName()));
        } finally {
            MDC.remove(RequestObserver.REQUEST_ID);
        }

        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(line.strip().lines()).hasSize(1);
        assertThat(json.path("message").asText()).isEqualTo("a \"quoted\"\nthing");
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("requestId").asText()).isEqualTo("r-1");
    }
}
