package dev.lmmrec.extraction.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.extraction.extractor.llm.Boundaries;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.extractor.llm.provider.ConverseBodies;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the input of batch inference jobs, one file a job: {@code NAME-0001.jsonl} with a line {@code {recordId,
 * modelInput}} for each review, the input being a request to Converse. What belongs to a record but is not the model's
 * business, ids above all, stays beside it in {@code asked/NAME-0001.jsonl}. No file has fewer than
 * {@link #RECORDS_MIN} records, since Bedrock refuses them.
 */
public final class BatchFiles implements AutoCloseable {

    /** The fewest records of a job. */
    public static final int RECORDS_MIN = 100;

    /** Room for the last records, which may not be enough for a file of their own. */
    private static final long TAIL_BYTES = 16L << 20;

    private final Path folder;
    private final String name;
    private final int recordsMax;
    private final long bytesMax;
    private final Prompt prompt;
    private final int answerTokensMax;
    private final ExtractorId extractor;
    private final long askedAt;
    private final ConverseBodies bodies;
    private final Boundaries boundaries = new Boundaries();
    private final ObjectMapper json = new ObjectMapper();
    private final List<Line> tail = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private Job job;
    private long records;

    /** One record with its line here and its line there. */
    private record Line(String question, String asked) {}

    /**
     * Begins.
     *
     * @param folder where files go; made if it is not there
     * @param name what their names begin with
     * @param recordsMax the most records of a file, at least twice {@link #RECORDS_MIN}
     * @param bytesMax the most bytes of a file, at least 32 MiB
     * @param prompt what is asked
     * @param answerTokensMax the most tokens of one answer
     * @param extractor who is asked what
     * @param modelId the model's id
     * @param askedAt now, epoch milliseconds
     * @throws IllegalArgumentException if a limit is too low
     */
    public BatchFiles(
            Path folder,
            String name,
            int recordsMax,
            long bytesMax,
            Prompt prompt,
            int answerTokensMax,
            ExtractorId extractor,
            String modelId,
            long askedAt) {
        if (recordsMax < 2 * RECORDS_MIN || bytesMax < 2 * TAIL_BYTES) {
            throw new IllegalArgumentException("a file must have room for " + 2 * RECORDS_MIN + " records and "
                    + 2 * TAIL_BYTES + " bytes; the limits are " + recordsMax + " and " + bytesMax);
        }
        this.folder = folder;
        this.name = name;
        this.recordsMax = recordsMax;
        this.bytesMax = bytesMax;
        this.prompt = prompt;
        this.answerTokensMax = answerTokensMax;
        this.extractor = extractor;
        this.askedAt = askedAt;
        this.bodies = new ConverseBodies(modelId);
    }

    /**
     * Asks about a review.
     *
     * @param review a checked review, without personal data
     * @throws UncheckedIOException if a file cannot be written
     * @throws IllegalStateException if a file is there already
     */
    public void ask(Review review) {
        String boundary = boundaries.next();
        String body = bodies.of(Prompt.limited(prompt.question(review, boundary, ""), answerTokensMax));
        String recordId = String.format(Locale.ROOT, "R%010d", ++records);
        Line record = write(recordId, body, new Asked(recordId, review, boundary, askedAt, extractor.value()));
        if (job != null && !job.isFull()) {
            job.write(record);
            return;
        }
        tail.add(record);
        if (tail.size() == RECORDS_MIN) {
            begin();
            tail.forEach(job::write);
            tail.clear();
        }
    }

    private Line write(String recordId, String body, Asked asked) {
        try {
            return new Line(
                    "{\"recordId\":\"" + recordId + "\",\"modelInput\":" + body + "}", json.writeValueAsString(asked));
        } catch (IOException e) {
            throw new UncheckedIOException("every review can be written as JSON", e);
        }
    }

    private void begin() {
        closeJob();
        String file = String.format(Locale.ROOT, "%s-%04d.jsonl", name, files.size() + 1);
        job = new Job(folder.resolve(file), askedFile(folder, file));
        files.add(folder.resolve(file));
    }

    /** Where what was asked in a file is kept. */
    static Path askedFile(Path folder, String file) {
        return folder.resolve("asked").resolve(file);
    }

    /**
     * Writes what is left.
     *
     * @return the files, one a job
     * @throws IllegalStateException if there are too few reviews for a single job; then no file was written
     */
    public List<Path> finish() {
        if (!tail.isEmpty()) {
            if (job == null) {
                throw new IllegalStateException("only " + tail.size() + " reviews to ask about, and a job needs "
                        + RECORDS_MIN + ": send them by ./lmmrec import");
            }
            tail.forEach(job::write);
            tail.clear();
        }
        closeJob();
        return List.copyOf(files);
    }

    /**
     * How many reviews were asked about.
     *
     * @return their number
     */
    public long records() {
        return records;
    }

    private void closeJob() {
        if (job != null) {
            job.close();
            job = null;
        }
    }

    @Override
    public void close() {
        closeJob();
        bodies.close();
    }

    /** The pair of files of one job. */
    private final class Job {

        private final Path file;
        private final BufferedWriter questions;
        private final BufferedWriter asked;
        private int count;
        private long bytes;

        Job(Path file, Path askedFile) {
            this.file = file;
            try {
                Files.createDirectories(askedFile.getParent());
                // what was asked first: its answers can be read as long as that is there
                this.asked = begun(askedFile);
                this.questions = begun(file);
            } catch (FileAlreadyExistsException e) {
                throw new IllegalStateException(
                        e.getFile() + " is there already, of another input or another run, whose results would be taken"
                                + " for those of this one: give --out another folder, or delete the files "
                                + name + "-*.jsonl of a run whose jobs were never created, there and in asked",
                        e);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file + ": " + e, e);
            }
        }

        private static BufferedWriter begun(Path file) throws IOException {
            return Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        boolean isFull() {
            return count > recordsMax - RECORDS_MIN || bytes > bytesMax - TAIL_BYTES;
        }

        void write(Line record) {
            try {
                // first what is needed to read the answer
                asked.write(record.asked() + "\n");
                questions.write(record.question() + "\n");
                count++;
                bytes += record.question().getBytes(StandardCharsets.UTF_8).length + 1;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file + ": " + e, e);
            }
        }

        void close() {
            try (questions;
                    asked) {
                asked.flush();
                questions.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file + ": " + e, e);
            }
        }
    }
}
