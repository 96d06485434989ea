package dev.lmmrec.core.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.backfill.Checkpoint.Spent;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackfillTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Spent SPENT = new Spent("2026-06-01", 3, 0.5);
    private static final String LINE =
            "{\"reviewId\":\"%s\",\"userId\":\"u\",\"itemId\":\"i\",\"rating\":4,\"time\":1700000000,\"text\":\"%s\"}\n";
    private static final String STEAM_LINE =
            "{\"user\":\"u%s\",\"item\":\"i\",\"recommended\":%s,\"time\":1400000000,\"text\":\"fine\"}\n";

    @TempDir
    private Path folder;

    private final List<Review> sent = new ArrayList<>();
    private final List<Long> slept = new ArrayList<>();

    @Test
    void file_isSentOnce_withoutRefusedLinesRepetitionsAndWhatIsKnown() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append(LINE.formatted("r" + i, "fine"));
            if (i % 4 == 0) {
                lines.append(LINE.formatted("r" + i, "fine"));
            }
            if (i % 100 == 0) {
                lines.append("no review\n");
            }
        }
        // another text under the same id is a later revision, and goes
        lines.append(LINE.formatted("r7", "not so fine"));
        Path file = write(lines.toString(), false);

        Checkpoint end = backfill(sent::addAll, () -> 0, reviews -> withId(reviews, "r5"))
                .run(file, ReviewFormat.AUTO, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});

        assertThat(end.done()).isTrue();
        assertThat(end.format()).isEqualTo("lmmrec");
        assertThat(end.counts().accepted()).isEqualTo(1_251);
        assertThat(end.counts().repeated()).isEqualTo(250);
        assertThat(end.counts().known()).isEqualTo(1);
        assertThat(end.counts().rejected()).isEqualTo(10);
        assertThat(end.counts().sent()).isEqualTo(1_000);
        assertThat(sent)
                .hasSize(1_000)
                .extracting(Review::reviewId)
                .doesNotContain("r5")
                .endsWith("r7");
        assertThat(Files.readAllLines(rejects())).hasSize(10);
    }

    /** However often it is killed, whatever it was doing: nothing is missing, and little is sent twice. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, false", "4, true"})
    void run_thatIsKilledAgainAndAgain_sendsEveryReview_andAtMostOneGroupTwiceAKill(long seed, boolean gzip)
            throws Exception {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        int reviews = 2_000;
        for (int i = 0; i < reviews; i++) {
            // lines of any length, blank ones and letters of several bytes among them
            lines.append(LINE.formatted("r" + i, "gr\u00fc\u00dfe \ud83c\udfb8".repeat(1 + random.nextInt(40))))
                    .append(random.nextInt(9) == 0 ? "\n" : "")
                    .append(random.nextInt(50) == 0 ? "broken\n" : "");
        }
        Path file = write(lines.toString(), gzip);

        int kills = 0;
        Checkpoint end = null;
        while (end == null) {
            int groups = 1 + random.nextInt(5);
            List<List<Review>> taken = new ArrayList<>();
            Consumer<List<Review>> killed = group -> {
                if (taken.size() == groups) {
                    throw new IllegalStateException("killed");
                }
                taken.add(group);
                sent.addAll(group);
                if (taken.size() == groups && random.nextBoolean()) {
                    // after the queue took it, before that is written down
                    throw new IllegalStateException("killed");
                }
            };
            try {
                end = backfill(killed, () -> 0, known -> Set.of())
                        .run(file, ReviewFormat.AUTO, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("killed");
                kills++;
            }
        }

        assertThat(kills).as("seed %d", seed).isPositive();
        assertThat(sent).extracting(Review::reviewId).as("seed %d", seed).containsAll(ids(reviews));
        assertThat(sent.size()).as("seed %d", seed).isLessThanOrEqualTo(reviews + kills * Backfill.GROUP_REVIEWS);
        assertThat(end.counts().accepted()).as("seed %d", seed).isEqualTo(reviews);
        assertThat(end.spent()).isEqualTo(SPENT);
    }

    @Test
    void runThatGoesOn_onALineThatFitsAnotherFormat_readsAsItBegan() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            // without a thumb the line right after the first group looks like one of our own
            lines.append(STEAM_LINE.formatted(i, i == Backfill.GROUP_REVIEWS ? "null" : "true"));
        }
        Path file = write(lines.toString(), false);
        Consumer<List<Review>> killed = group -> {
            if (!sent.isEmpty()) {
                throw new IllegalStateException("killed");
            }
            sent.addAll(group);
        };
        assertThatThrownBy(() -> backfill(killed, () -> 0, known -> Set.of())
                        .run(file, ReviewFormat.AUTO, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {}))
                .hasMessage("killed");

        Checkpoint end = backfill(sent::addAll, () -> 0, known -> Set.of())
                .run(file, ReviewFormat.AUTO, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});

        assertThat(end.format()).isEqualTo("steam");
        assertThat(sent).hasSize(999);
        assertThat(end.counts().rejected()).isEqualTo(1);
        assertThat(Files.readAllLines(rejects()))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"line\":101") && line.contains("recommended"));
    }

    /** In the same group, and in another one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2 * Backfill.GROUP_REVIEWS})
    void fileThatIsInTheTable_sentAgain_leavesNoEarlierRevisionOnTop(int between) throws Exception {
        StringBuilder lines = new StringBuilder(LINE.formatted("r", "first"));
        for (int i = 0; i < between; i++) {
            lines.append(LINE.formatted("between-" + i, "fine"));
        }
        lines.append(LINE.formatted("r", "second"));
        Path file = write(lines.toString(), false);
        Function<List<Review>, Set<Review>> known = reviews -> {
            Set<Review> found = new HashSet<>(reviews);
            found.removeIf(review -> review.text().equals("first"));
            return found;
        };

        Checkpoint end = backfill(sent::addAll, () -> 0, known)
                .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});

        assertThat(sent).extracting(Review::text).containsExactly("first", "second");
        assertThat(end.counts().known()).isEqualTo(between);
    }

    @Test
    void revisionThatIsTakenBack_isNoRepetition() throws Exception {
        Path file = write(
                LINE.formatted("r", "first")
                        + LINE.formatted("r", "first")
                        + LINE.formatted("r", "second")
                        + LINE.formatted("r", "first"),
                false);

        Checkpoint end = backfill(sent::addAll, () -> 0, reviews -> Set.of())
                .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});

        assertThat(sent).extracting(Review::text).containsExactly("first", "second", "first");
        assertThat(end.counts().repeated()).isEqualTo(1);
    }

    @Test
    void finishedBackfill_runAgain_sendsNothing() throws Exception {
        Path file = write(LINE.formatted("r1", "fine"), false);
        Checkpoint end = backfill(sent::addAll, () -> 0, reviews -> Set.of())
                .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});

        assertThat(backfill(sent::addAll, () -> 0, reviews -> Set.of())
                        .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 2, (a, b, c, d) -> {}))
                .isEqualTo(end);
        assertThat(sent).hasSize(1);
    }

    @Test
    void checkpoint_ofAnotherFile_isRefused() throws Exception {
        Path file = write(LINE.formatted("r1", "fine"), false);
        backfill(sent::addAll, () -> 0, reviews -> Set.of())
                .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {});
        write(LINE.formatted("r2", "another file"), false);

        assertThatThrownBy(() -> backfill(sent::addAll, () -> 0, reviews -> Set.of())
                        .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 1, (a, b, c, d) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is about another file")
                .hasMessageContaining("delete it to begin anew");
    }

    @Test
    void fullQueue_isWaitedFor_andTold() throws Exception {
        Path file = write(LINE.formatted("r1", "fine"), false);
        List<Long> seen = new ArrayList<>();
        long[] waiting = {500, 250, 99};
        int[] looks = {0};

        backfill(sent::addAll, () -> waiting[looks[0]++], reviews -> Set.of())
                .run(file, ReviewFormat.LMMREC, rejects(), checkpoint(), SPENT, 1, (at, b, c, left) -> seen.add(left));

        assertThat(slept).hasSize(2);
        assertThat(seen).containsExactly(500L, 250L, 99L);
        assertThat(sent).hasSize(1);
    }

    @Test
    void pace_isKept_andUnusedTimeIsNotSavedUp() throws Exception {
        long[] now = {0};
        Pace pace = new Pace(50, () -> now[0], nanos -> {
            slept.add(nanos);
            now[0] += nanos;
        });
        pace.await(100);
        pace.await(100);
        assertThat(now[0]).isEqualTo(2_000_000_000L);
        now[0] += 10_000_000_000L;
        pace.await(100);
        pace.await(1);
        assertThat(slept).containsExactly(2_000_000_000L, 2_000_000_000L);
    }

    @Test
    void rate_belowNothing_isRefused() {
        assertThatThrownBy(() -> new Pace(-1, System::nanoTime, Pace.Sleep.REAL))
                .hasMessage("the rate is -1.0 a second, must be 0 or more");
    }

    private Backfill backfill(
            Consumer<List<Review>> queue, LongSupplier waiting, Function<List<Review>, Set<Review>> known) {
        return new Backfill(
                new ReviewCheck(CLOCK),
                queue,
                waiting,
                100,
                known,
                new Pace(0, System::nanoTime, Pace.Sleep.REAL),
                slept::add);
    }

    private static Set<Review> withId(List<Review> reviews, String id) {
        Set<Review> found = new HashSet<>(reviews);
        found.removeIf(review -> !review.reviewId().equals(id));
        return found;
    }

    private static List<String> ids(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add("r" + i);
        }
        return ids;
    }

    private Path write(String lines, boolean gzip) throws IOException {
        Path file = folder.resolve("reviews.jsonl");
        try (OutputStream out =
                gzip ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private Path rejects() {
        return folder.resolve("rejects.jsonl");
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.json");
    }
}
