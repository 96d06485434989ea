package dev.lmmrec.core.intake;

import dev.lmmrec.core.file.Gzip;
import dev.lmmrec.core.intake.LineForm.Drafted;
import dev.lmmrec.core.intake.ReadLine.Rejected;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.CheckedReview.FieldProblem;
import dev.lmmrec.core.review.ReviewCheck;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * A file of reviews, one JSON object a line, plain or gzipped (told by its first bytes, not by its name). It is read
 * line by line in constant memory; a line that cannot be read is reported, and the rest goes on.
 */
public final class ReviewFile {

    /** The longest line, in bytes; a longer one is refused without being held. */
    public static final int LINE_BYTES_MAX = 1 << 20;

    /** How much of a refused line is kept, in characters. */
    public static final int RAW_LENGTH_MAX = 1_000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int NAMES_SHOWN_MAX = 12;

    private final Path path;
    private final ReviewFormat format;
    private final ReviewCheck check;
    private final LineParser parser = new LineParser();
    private Position reached = Position.START;
    private ReviewFormat current;

    /**
     * Names a file.
     *
     * @param path where it is
     * @param format how it is written
     * @param check decides what is a review
     */
    public ReviewFile(Path path, ReviewFormat format, ReviewCheck check) {
        this.path = path;
        this.format = format;
        this.current = format;
        this.check = check;
    }

    /**
     * A place between two lines.
     *
     * @param offset bytes of the (unpacked) file before it
     * @param lines lines before it, blank ones counted
     */
    public record Position(long offset, long lines) {

        /** The beginning of the file. */
        public static final Position START = new Position(0, 0);
    }

    /**
     * How far reading has come. While the sink looks at a line this is the place after that line.
     *
     * @return a place from which {@link #read(Position, Consumer, Progress)} goes on
     */
    public Position reached() {
        return reached;
    }

    /**
     * The format that lines are read in, also while the sink looks at a line. Who goes on from a place must name it: a
     * line further down can fit another format than the first one did.
     *
     * @return the format; empty if it is to be decided and no line fitted any yet
     */
    public Optional<ReviewFormat> format() {
        return current == ReviewFormat.AUTO ? Optional.empty() : Optional.of(current);
    }

    /**
     * Reads the file from beginning to end.
     *
     * @param sink gets every line that is not blank, in order, once
     * @param progress is told how far it is, about every 64 KiB
     * @return the format the lines were read in; empty if it was to be decided and no line fitted any
     * @throws UncheckedIOException if the file cannot be opened or read, naming it; a gzip file that ends early is not
     *     that, but a rejected line
     */
    public Optional<ReviewFormat> read(Consumer<ReadLine> sink, Progress progress) {
        return read(Position.START, sink, progress);
    }

    /**
     * Reads the file from a place to its end. Of a gzip file what stands before is unpacked and dropped.
     *
     * @param from a place that {@link #reached()} told
     * @param sink gets every line that is not blank, in order, once
     * @param progress is told how far it is, about every 64 KiB
     * @return the format the lines were read in; empty if it was to be decided and no line fitted any
     * @throws UncheckedIOException if the file cannot be opened or read, or ends before that place
     */
    public Optional<ReviewFormat> read(Position from, Consumer<ReadLine> sink, Progress progress) {
        try (InputStream file = Files.newInputStream(path)) {
            long sizeBytes = Files.size(path);
            InputStream counted = new BufferedInputStream(new CountedStream(file, sizeBytes, progress), 1 << 16);
            return readAll(counted, from, sink);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read reviews from " + path + ": " + e, e);
        }
    }

    private Optional<ReviewFormat> readAll(InputStream counted, Position from, Consumer<ReadLine> sink)
            throws IOException {
        current = format;
        InputStream unpacked = counted;
        if (Gzip.begins(counted)) {
            try {
                unpacked = Gzip.unpacked(counted);
            } catch (IOException e) {
                sink.accept(rejected(1, "the gzip file is damaged in its header: " + e.getMessage(), ""));
                return format();
            }
        }
        unpacked.skipNBytes(from.offset());
        reached = from;
        return readLines(new ByteLines(unpacked, LINE_BYTES_MAX, from), sink);
    }

    private Optional<ReviewFormat> readLines(ByteLines lines, Consumer<ReadLine> sink) throws IOException {
        while (advance(lines, sink)) {
            String line;
            try {
                line = decode(lines);
            } catch (BadLineException e) {
                sink.accept(rejected(lines.number(), e.getMessage(), raw(lines)));
                continue;
            }
            if (line.isBlank()) {
                continue;
            }
            try {
                Fields fields = parser.parse(line);
                current = current == ReviewFormat.AUTO ? fitting(fields) : current;
                sink.accept(checked(lines.number(), line, current.form().read(fields), current.form()));
            } catch (BadLineException e) {
                sink.accept(rejected(lines.number(), e.getMessage(), line));
            }
        }
        return format();
    }

    private boolean advance(ByteLines lines, Consumer<ReadLine> sink) throws IOException {
        try {
            boolean any = lines.next();
            // at the end the last place stays: nothing stands after it
            reached = any ? lines.end() : reached;
            return any;
        } catch (EOFException | ZipException e) {
            String reason = (e instanceof EOFException ? "the gzip file ends early" : "the gzip file is damaged")
                    + " in line " + lines.number() + "; the lines before it were read, nothing from here on";
            sink.accept(rejected(lines.number(), reason, raw(lines)));
            return false;
        }
    }

    private static ReviewFormat fitting(Fields fields) throws BadLineException {
        Optional<ReviewFormat> fitting = ReviewFormat.fitting(fields);
        if (fitting.isEmpty()) {
            String names = fields.names().stream().limit(NAMES_SHOWN_MAX).collect(Collectors.joining(", "));
            throw new BadLineException("has the fields [" + Excerpt.of(names, 200) + "], which fit none of the formats "
                    + ReviewFormat.knownTitles());
        }
        return fitting.get();
    }

    private ReadLine checked(long number, String line, List<Drafted> drafted, LineForm form) {
        List<CheckedReview.Accepted> accepted = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        for (Drafted each : drafted) {
            CheckedReview checked = check.check(each.draft());
            if (checked instanceof CheckedReview.Accepted good) {
                accepted.add(new CheckedReview.Accepted(
                        good.review(),
                        Stream.concat(each.notes().stream(), good.notes().stream())
                                .toList()));
            } else if (checked instanceof CheckedReview.Refused refused) {
                rejected.add(rejected(number, reason(refused, form), line));
            }
        }
        if (drafted.size() == 1 && rejected.size() == 1) {
            return rejected.get(0);
        }
        return new ReadLine.Reviews(number, accepted, rejected);
    }

    private static String reason(CheckedReview.Refused refused, LineForm form) {
        return refused.problems().stream()
                .map(problem -> {
                    String theirs = form.spellings().get(problem.field());
                    return theirs == null
                            ? problem
                            : new FieldProblem(problem.field() + " (" + theirs + ")", problem.problem());
                })
                .map(FieldProblem::toString)
                .collect(Collectors.joining("; "));
    }

    private Rejected rejected(long line, String reason, String raw) {
        return new Rejected(path.getFileName().toString(), line, reason, Excerpt.of(raw, RAW_LENGTH_MAX));
    }

    private static String decode(ByteLines lines) throws BadLineException {
        if (lines.length() > lines.held()) {
            throw new BadLineException(
                    "has " + lines.length() + " bytes, at most " + LINE_BYTES_MAX + " are allowed in one line");
        }
        int from = markLength(lines);
        int to = lines.held();
        if (to > from && lines.bytes()[to - 1] == '\r') {
            to--;
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(lines.bytes(), from, to - from);
        CharBuffer text = CharBuffer.allocate(to - from);
        CoderResult result = utf8.decode(bytes, text, true);
        if (result.isError()) {
            throw new BadLineException("is not UTF-8: byte " + (bytes.position() + 1) + " of the line is 0x"
                    + String.format("%02X", lines.bytes()[bytes.position()]) + " (offset "
                    + (lines.start() + bytes.position()) + " of the unpacked file)");
        }
        return text.flip().toString();
    }

    private static int markLength(ByteLines lines) {
        boolean marked = lines.number() == 1
                && lines.held() >= BYTE_ORDER_MARK.length
                && Arrays.equals(lines.bytes(), 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return marked ? BYTE_ORDER_MARK.length : 0;
    }

    private static String raw(ByteLines lines) {
        // as many bytes as RAW_LENGTH_MAX characters can take, and one character more so that the cut shows
        int bytes = Math.min(lines.held(), 4 * (RAW_LENGTH_MAX + 1));
        return new String(lines.bytes(), 0, bytes, StandardCharsets.UTF_8);
    }

    /** Tells the progress of a stream. */
    private static final class CountedStream extends FilterInputStream {

        private final long sizeBytes;
        private final Progress progress;
        private long readBytes;

        CountedStream(InputStream in, long sizeBytes, Progress progress) {
            super(in);
            this.sizeBytes = sizeBytes;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            readBytes += skipped;
            return skipped;
        }

        private void count(int bytes) {
            if (bytes > 0) {
                readBytes += bytes;
                progress.read(readBytes, sizeBytes);
            }
        }
    }
}
