package dev.lmmrec.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoadTest {

    private static final int REQUESTS = 50;
    private static final int PER_SECOND = 100;
    private static final long PAUSE_NANOS = 10_000_000;

    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch allSent = new CountDownLatch(REQUESTS);
    private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
    private HttpServer server;
    private volatile int failAt = -1;
    private volatile boolean standStill;

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(oneThread);
        server.createContext("/", exchange -> {
            int number = answered.getAndIncrement();
            if (standStill && number == 0) {
                try {
                    allSent.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = "{\"items\":[{}]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("lmmrec-model-version", "v" + number % 2);
            exchange.sendResponseHeaders(number == failAt ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        oneThread.shutdownNow();
    }

    private OpenLoad.Outcome run(Set<String> versions) {
        return new OpenLoad()
                .run(
                        PER_SECOND,
                        Duration.ofMillis(1_000L * REQUESTS / PER_SECOND),
                        number -> {
                            allSent.countDown();
                            return URI.create(
                                    "http://localhost:" + server.getAddress().getPort() + "/" + number);
                        },
                        (number, version) -> versions.add(version));
    }

    @Test
    void requests_areAllSentAndCounted_withTheArtefactThatAnswered() {
        Set<String> versions = ConcurrentHashMap.newKeySet();

        OpenLoad.Outcome outcome = run(versions);

        assertThat(outcome.sent()).isEqualTo(REQUESTS);
        assertThat(outcome.nanos().getTotalCount()).isEqualTo(REQUESTS);
        assertThat(outcome.failures()).isEmpty();
        assertThat(versions).containsExactlyInAnyOrder("v0", "v1");
    }

    /** A program that waits for each answer before it asks again would see one slow request here. */
    @Test
    void requestsThatWereDueWhileTheServerStoodStill_areAllLate() {
        standStill = true;

        OpenLoad.Outcome outcome = run(ConcurrentHashMap.newKeySet());

        assertThat(outcome.nanos().getCountBetweenValues(REQUESTS / 4 * PAUSE_NANOS, Long.MAX_VALUE / 4))
                .isGreaterThanOrEqualTo(REQUESTS / 2);
    }

    @Test
    void answerThatIsNone_isAFailure() {
        failAt = 7;

        OpenLoad.Outcome outcome = run(ConcurrentHashMap.newKeySet());

        assertThat(outcome.failures()).containsEntry("status 500", 1).hasSize(1);
        assertThat(outcome.nanos().getTotalCount()).isEqualTo(REQUESTS - 1);
    }
}
