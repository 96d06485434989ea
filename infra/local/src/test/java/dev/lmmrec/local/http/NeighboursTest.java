package dev.lmmrec.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighboursTest {

    private static boolean admits(Map<String, List<String>> headers) {
        return Neighbours.admit(new HttpRequest("POST", "/v1/reviews", "", headers, new byte[0], "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:1"})
    void request_thatNamesThisMachine_isAdmitted(String host) {
        assertThat(admits(Map.of("host", List.of(host)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop.example", "localhost.shop.example:8080", "127.0.0.1.shop.example", "", "localhost:8080@x"})
    void request_underAnotherName_isRefused(String host) {
        assertThat(admits(Map.of("host", List.of(host)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, true",
        "http://localhost:8081, false",
        "https://localhost:8080, false",
        "https://shop.example, false",
        "null, false"
    })
    void page_ofAnotherOrigin_isRefused(String origin, boolean admitted) {
        assertThat(admits(Map.of("host", List.of("localhost:8080"), "origin", List.of(origin))))
                .isEqualTo(admitted);
    }

    @Test
    void request_withoutHost_isRefused() {
        assertThat(admits(Map.of())).isFalse();
    }
}
