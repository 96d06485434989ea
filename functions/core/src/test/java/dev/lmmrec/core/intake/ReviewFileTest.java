package dev.lmmrec.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.intake.ReadLine.Rejected;
import dev.lmmrec.core.intake.ReadLine.Reviews;
import dev.lmmrec.core.review.ReviewCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String GOOD =
            "{\"reviewId\":\"r\",\"userId\":\"u\",\"itemId\":\"i\",\"rating\":4,\"time\":1700000000,\"text\":\"Fine\"}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Fine\"      | \"\"              | text: is empty; a review needs words",
                "\"Fine\"      | \" \\n\"          | text: is empty; a review needs words",
                "\"Fine\"      | 7                 | text: is the number 7, must be a text",
                "4             | 5.1               | rating: is 5.1, must be from 1 to 5",
                "4             | 0                 | rating: is 0.0, must be from 1 to 5",
                "4             | 1e999             | rating: is Infinity, must be from 1 to 5",
                "4             | \"four\"          | rating: is the text \"four\", must be a number",
                "4             | null              | rating: is missing",
                "1700000000    | 1900000000        | time: is 1900000000, which lies in the future",
                "1700000000    | 1700000000000     | time: is 1700000000000, which lies in the future",
                "1700000000    | -1                | time: is -1, must be epoch seconds from 0 on",
                "1700000000    | 1.5               | time: is the number 1.5, must be a whole number",
                "1700000000    | 99999999999999999999 | time: is the number 99999999999999999999, must be a whole",
                "\"u\"         | \"\"              | userId: is missing",
                "\"u\"         | []                | userId: is the list [], must be a text or a whole number",
                "\"i\"         | \"a\\u0000b\"     | itemId: contains a control character",
                "\"i\"         | \"a\\ud800b\"     | itemId: contains half of a surrogate pair",
            })
    void oneBadField_isRefusedByName_andTheRestGoesOn(String good, String bad, String reason) throws IOException {
        List<ReadLine> read = read(GOOD.replace(":" + good, ":" + bad) + "\n" + GOOD + "\n");

        assertThat(read).hasSize(2);
        assertThat(((Rejected) read.get(0)).reason()).startsWith(reason);
        assertThat(((Rejected) read.get(0)).raw()).contains(bad);
        assertThat(read.get(1)).isInstanceOf(Reviews.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[1]",
                "7",
                "\"text\"",
                "null",
                "{} {}",
                "{\"a\":1,}",
                "nonsense",
                "{'a'",
                "{'a':",
                "{u'",
                "{\"a\":True",
                "\u0000"
            })
    void malformedLine_isRefused_andTheRestGoesOn(String line) throws IOException {
        List<ReadLine> read = read(line + "\n" + GOOD);

        assertThat(read).hasSize(2);
        assertThat(((Rejected) read.get(0)).reason()).isNotBlank();
        assertThat(read.get(0).line()).isEqualTo(1);
        assertThat(read.get(1)).isInstanceOf(Reviews.class);
    }

    @Test
    void id_over256Characters_isRefused() throws IOException {
        assertThat(read(GOOD.replace("\"u\"", "\"" + "u".repeat(256) + "\"")).get(0))
                .isInstanceOf(Reviews.class);
        Rejected rejected = (Rejected)
                read(GOOD.replace("\"u\"", "\"" + "u".repeat(257) + "\"")).get(0);
        assertThat(rejected.reason()).isEqualTo("userId: has 257 characters, at most 256 are allowed");
        assertThat(rejected).hasToString("reviews.jsonl:1: userId: has 257 characters, at most 256 are allowed");
    }

    @Test
    void text_over20000Characters_isCutWithANote() throws IOException {
        Reviews reviews =
                (Reviews) read(GOOD.replace("Fine", "ä".repeat(20_001))).get(0);
        assertThat(reviews.accepted().get(0).review().text()).hasSize(20_000);
        assertThat(reviews.accepted().get(0).notes()).hasToString("[text: had 20001 characters and was cut to 20000]");
    }

    @Test
    void notUtf8_isRefusedWithTheByte_andTheRestGoesOn() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.write(GOOD.replace("Fine", "café").getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(("\n" + GOOD.replace("Fine", "café")).getBytes(StandardCharsets.UTF_8));
        List<ReadLine> read = read(bytes.toByteArray());

        int inLine = GOOD.indexOf("Fine") + "caf".length();
        Rejected rejected = (Rejected) read.get(1);
        assertThat(rejected.line()).isEqualTo(2);
        assertThat(rejected.reason())
                .isEqualTo("is not UTF-8: byte " + (inLine + 1) + " of the line is 0xE9 (offset "
                        + (GOOD.length() + 1 + inLine) + " of the unpacked file)");
        assertThat(((Reviews) read.get(2)).accepted().get(0).review().text()).isEqualTo("café");
    }

    @Test
    void overLongLine_isRefusedWithItsLength_andTheRestGoesOn() throws IOException {
        String line = GOOD.replace("Fine", "x".repeat(ReviewFile.LINE_BYTES_MAX));
        List<ReadLine> read = read(line + "\n" + GOOD);

        Rejected rejected = (Rejected) read.get(0);
        assertThat(rejected.reason())
                .isEqualTo("has " + line.length() + " bytes, at most 1048576 are allowed in one line");
        assertThat(rejected.raw()).hasSize(ReviewFile.RAW_LENGTH_MAX).endsWith("…");
        assertThat(read.get(1)).isInstanceOf(Reviews.class);
    }

    @Test
    void marksBlankLinesAndWindowsEnds_areTolerated() throws IOException {
        List<ReadLine> read = read("\uFEFF" + GOOD + "\r\n\r\n   \n" + GOOD + "\r\n");
        assertThat(read).hasOnlyElementsOfType(Reviews.class);
        assertThat(read).extracting(ReadLine::line).containsExactly(1L, 4L);
    }

    @Test
    void emptyFile_hasNoLines() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void gzip_isToldByItsBytes_alsoInSeveralMembers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(gzip(GOOD + "\n"));
        bytes.write(gzip(GOOD + "\n" + GOOD));
        assertThat(read(bytes.toByteArray())).hasSize(3).hasOnlyElementsOfType(Reviews.class);
    }

    @Test
    void gzip_cutShort_reportsTheLineReached() throws IOException {
        StringBuilder lines = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            lines.append(GOOD.replace("Fine", "Fine " + random.nextLong())).append('\n');
        }
        byte[] whole = gzip(lines.toString());
        List<ReadLine> read = read(Arrays.copyOf(whole, whole.length / 2));

        Rejected last = (Rejected) read.get(read.size() - 1);
        assertThat(read.size()).isBetween(100, 1_999);
        assertThat(last.line()).isEqualTo(read.size());
        assertThat(last.reason())
                .isEqualTo("the gzip file ends early in line " + last.line()
                        + "; the lines before it were read, nothing from here on");
        assertThat(read.subList(0, read.size() - 1)).hasOnlyElementsOfType(Reviews.class);
    }

    @Test
    void gzip_damagedInside_isReported() throws IOException {
        byte[] bytes = gzip(GOOD.repeat(1) + "\n" + GOOD);
        bytes[bytes.length - 6] ^= 0x55;
        List<ReadLine> read = read(bytes);
        assertThat(read.get(read.size() - 1))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                        .contains("gzip file"));
    }

    @Test
    void gzip_onlyAHeader_isReported() throws IOException {
        assertThat(read(new byte[] {0x1F, (byte) 0x8B, 8})).singleElement().isInstanceOf(Rejected.class);
    }

    @Test
    void file_missing_isNamed() {
        assertThatThrownBy(() -> file(folder.resolve("nowhere.jsonl")).read(line -> {}, Progress.SILENT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere.jsonl");
    }

    @Test
    void progress_isInBytesOfTheFile_andReachesItsSize() throws IOException {
        Path path = Files.writeString(folder.resolve("reviews.jsonl"), (GOOD + "\n").repeat(5_000));
        List<Long> read = new ArrayList<>();
        file(path).read(line -> {}, (readBytes, sizeBytes) -> {
            assertThat(sizeBytes).isEqualTo(path.toFile().length());
            read.add(readBytes);
        });
        assertThat(read).isSorted().hasSizeGreaterThan(5).endsWith(path.toFile().length());
    }

    @Test
    void lines_of300Megabytes_areHeldInLittleMoreThanTheLimit() throws IOException {
        int lineBytesMax = 1 << 20;
        ByteLines lines = new ByteLines(new GeneratedStream(300L << 20, 40L << 20), lineBytesMax);
        long count = 0;
        long total = 0;
        long largest = 0;
        while (lines.next()) {
            count++;
            total += lines.length() + 1;
            largest = Math.max(largest, lines.length());
            assertThat(lines.heldInMemoryBytes()).isLessThanOrEqualTo(lineBytesMax + (1 << 16));
        }
        assertThat(total).isBetween(300L << 20, (300L << 20) + 1);
        assertThat(largest).isEqualTo((40L << 20) - 1);
        assertThat(count).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomBytes_neverThrow_andEveryLineIsCountedOnce(long seed) throws IOException {
        Random random = new Random(seed);
        List<ReviewFormat> formats = List.of(ReviewFormat.values());
        for (int round = 0; round < 60; round++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<Long> expected = new ArrayList<>();
            int count = random.nextInt(30);
            for (int line = 1; line <= count; line++) {
                byte[] content = damaged(random);
                bytes.write(content);
                bytes.write('\n');
                if (!isBlank(content, line == 1)) {
                    expected.add((long) line);
                }
            }
            ReviewFormat format = formats.get(random.nextInt(formats.size()));
            Path path = Files.write(folder.resolve("random"), bytes.toByteArray());
            List<Long> seen = new ArrayList<>();
            if (bytes.size() > 1 && bytes.toByteArray()[0] == 0x1F && bytes.toByteArray()[1] == (byte) 0x8B) {
                continue;
            }
            new ReviewFile(path, format, new ReviewCheck(CLOCK)).read(line -> seen.add(line.line()), Progress.SILENT);
            assertThat(seen).as("seed " + seed + " round " + round).isEqualTo(expected);
        }
    }

    /** A good line in JSON or Python with some bytes changed, or any bytes at all; without line ends. */
    private static byte[] damaged(Random random) {
        byte[] bytes;
        if (random.nextInt(4) == 0) {
            bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
        } else {
            String line = random.nextBoolean() ? GOOD : GOOD.replace('"', '\'');
            bytes = line.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                bytes[i] = ' ';
            }
        }
        return bytes;
    }

    private static boolean isBlank(byte[] content, boolean first) {
        String text = new String(content, StandardCharsets.UTF_8);
        String shown = first && text.startsWith("\uFEFF") ? text.substring(1) : text;
        return shown.isBlank();
    }

    private List<ReadLine> read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<ReadLine> read(byte[] content) throws IOException {
        List<ReadLine> read = new ArrayList<>();
        file(Files.write(folder.resolve("reviews.jsonl"), content)).read(read::add, Progress.SILENT);
        return read;
    }

    private static ReviewFile file(Path path) {
        return new ReviewFile(path, ReviewFormat.LMMREC, new ReviewCheck(CLOCK));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** As many bytes as wanted, with a line end after every so many. */
    private static final class GeneratedStream extends InputStream {

        private final long size;
        private final long lineSize;
        private long at;

        GeneratedStream(long size, long lineSize) {
            this.size = size;
            this.lineSize = lineSize;
        }

        @Override
        public int read() {
            if (at == size) {
                return -1;
            }
            return ++at % lineSize == 0 ? '\n' : 'x';
        }

        @Override
        public int read(byte[] target, int from, int length) {
            int wanted = (int) Math.min(length, Math.min(size - at, lineSize - at % lineSize));
            if (wanted == 0) {
                return -1;
            }
            Arrays.fill(target, from, from + wanted, (byte) 'x');
            at += wanted;
            if (at % lineSize == 0) {
                target[from + wanted - 1] = '\n';
            }
            return wanted;
        }
    }
}
