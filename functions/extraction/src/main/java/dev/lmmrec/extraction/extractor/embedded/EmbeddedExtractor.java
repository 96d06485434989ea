package dev.lmmrec.extraction.extractor.embedded;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.Candidate;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.reading.Reading;
import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.linear.LinearReader;
import dev.lmmrec.reading.student.StudentReader;
import dev.lmmrec.reading.student.TwiceReader;
import java.io.UncheckedIOException;

/** Finds motivations without any network: the same review always gives the same ones. */
public final class EmbeddedExtractor implements Extractor {

    private final ReviewReader reader;
    private final ExtractorId id;

    /**
     * Extracts what a reader reads.
     *
     * @param reader safe for use by several threads
     */
    public EmbeddedExtractor(ReviewReader reader) {
        this.reader = reader;
        this.id = new ExtractorId(reader.id());
    }

    /**
     * The linear reader of the class path.
     *
     * @return an extractor, safe for use by several threads
     * @throws UncheckedIOException if a resource is missing or cannot be read
     */
    public static EmbeddedExtractor load() {
        return new EmbeddedExtractor(LinearReader.load());
    }

    /**
     * The student of the class path: more is found and more of it is right, for native libraries and the sentence
     * encoder in memory.
     *
     * @return an extractor, safe for use by several threads
     * @throws UncheckedIOException if a resource is missing or cannot be read
     */
    public static EmbeddedExtractor student() {
        return new EmbeddedExtractor(StudentReader.bundled());
    }

    /**
     * The same student, which reads each review twice: better in another domain than that of its labels.
     *
     * @return an extractor, safe for use by several threads
     * @throws UncheckedIOException if a resource is missing or cannot be read
     */
    public static EmbeddedExtractor studentTwice() {
        return new EmbeddedExtractor(new TwiceReader(StudentReader.bundled()));
    }

    @Override
    public ExtractorId id() {
        return id;
    }

    @Override
    public ExtractionOutcome extract(Review review) {
        Reading reading = reader.read(review);
        return new ExtractionOutcome.Extracted(
                reading.motivations().stream().map(EmbeddedExtractor::candidate).toList(), reading.kind());
    }

    private static Candidate candidate(Motivation motivation) {
        return new Candidate(
                motivation.side(),
                motivation.facet(),
                motivation.polarity(),
                motivation.statement(),
                motivation.evidence(),
                motivation.strength(),
                motivation.confidence());
    }
}
