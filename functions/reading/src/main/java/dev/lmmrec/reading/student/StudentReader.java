package dev.lmmrec.reading.student;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.Reading;
import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.graph.TrainedSession;
import dev.lmmrec.reading.span.MarkedSpan;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.span.SpanMarker.Marks;
import dev.lmmrec.reading.student.Proposals.Proposal;
import dev.lmmrec.reading.student.StudentInput.Seen;
import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.KindWords;
import dev.lmmrec.reading.text.Sentence;
import dev.lmmrec.reading.text.StatementWriter;
import dev.lmmrec.reading.text.TextResources;
import dev.lmmrec.reading.text.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads with a head that distillation trained. */
public final class StudentReader implements ReviewReader {

    private static final int FACETS = Facet.KNOWN.size();
    private static final int POLARITIES = Head.POLARITIES.size();

    private final Head head;
    private final StudentInput input;
    private final TrainedSession session;
    private final SpanMarker marker;
    private final StatementWriter statements;
    private final KindWords kinds;
    private final DomainWords domainWords;

    private StudentReader(Head head, byte[] graph) throws IOException {
        if (!head.encoder().equals(TokenEncoder.ID)) {
            throw new IOException("the student was trained on " + head.encoder() + ", this program has "
                    + TokenEncoder.ID + "; train it anew");
        }
        TextResources resources = new TextResources();
        Cues cues = resources.cues();
        this.statements = new StatementWriter(cues, resources.verbs());
        this.kinds = new KindWords(cues);
        this.domainWords = new DomainWords(cues);
        this.head = head;
        this.marker = new SpanMarker(head.transitions(), 0);
        this.session = TrainedSession.open(graph, Head.GRAPH, head.graphSha256(), Head.FILE);
        this.input = new StudentInput();
        if (!head.looks().equals(input.looksFingerprint())) {
            close();
            throw new IOException("the student was trained with other cue classes (" + head.looks() + ", here "
                    + input.looksFingerprint() + "); train it anew");
        }
    }

    /**
     * Opens what {@code distil} wrote.
     *
     * @param folder with {@link Head#FILE} and {@link Head#GRAPH}
     * @return a reader, to be closed
     * @throws IOException if a file is missing, damaged or of another program
     */
    public static StudentReader open(Path folder) throws IOException {
        try (InputStream json = Files.newInputStream(folder.resolve(Head.FILE))) {
            return new StudentReader(Head.read(json), Files.readAllBytes(folder.resolve(Head.GRAPH)));
        }
    }

    /**
     * The student that comes with the program.
     *
     * @return a reader, to be closed
     * @throws UncheckedIOException if its resources are missing or damaged
     */
    public static StudentReader bundled() {
        try {
            byte[] json = resource(Head.FILE);
            return new StudentReader(Head.read(new ByteArrayInputStream(json)), resource(Head.GRAPH));
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled student cannot be read", e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = StudentReader.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no resource " + name + " beside " + StudentReader.class.getName());
            }
            return stream.readAllBytes();
        }
    }

    @Override
    public String id() {
        return "student-" + session.id();
    }

    /**
     * What the student was trained on and how.
     *
     * @return its manifest
     */
    public Head head() {
        return head;
    }

    @Override
    public Reading read(Review review) {
        Seen seen = input.of(review);
        return seen.tokens().size() == 0 ? nothing(review) : reading(review, seen.tokens(), scores(seen));
    }

    /** The second time without any of the words that a domain brings with it. */
    Reading readTwice(Review review) {
        return readTwice(review, domainWords::has);
    }

    /** By the mean of what is said of the review as it is, and of the same without some words. */
    Reading readTwice(Review review, Predicate<Token> hidden) {
        Seen seen = input.of(review);
        return seen.tokens().size() == 0
                ? nothing(review)
                : reading(review, seen.tokens(), scores(seen).mean(scores(input.hiding(review, hidden))));
    }

    private Reading nothing(Review review) {
        return Reading.ofSurest(List.of(), kinds.of(Sentence.of(review)));
    }

    private Reading reading(Review review, ReviewTokens tokens, Scores scores) {
        List<Proposal> proposals = new ArrayList<>();
        double expected = 0;
        for (Field field : Field.values()) {
            expected += propose(review, tokens, field, scores, proposals);
        }
        return Reading.ofSurest(new Proposals(proposals, expected).best(), kinds.of(Sentence.of(review)));
    }

    /**
     * What the head says of the tokens.
     *
     * @param seen a review with at least one token
     * @return scores of all its tokens
     */
    Scores scores(Seen seen) {
        long size = seen.tokens().size();
        int width = seen.looks()[0].length;
        FloatBuffer looks = FloatBuffer.allocate(Math.toIntExact(size * width));
        for (float[] look : seen.looks()) {
            looks.put(look);
        }
        looks.rewind();
        OrtEnvironment environment = TrainedSession.environment();
        try (OnnxTensor vectorTensor = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(seen.vectors()), new long[] {1, size, TokenEncoder.WIDTH});
                OnnxTensor looksTensor = OnnxTensor.createTensor(environment, looks, new long[] {1, size, width});
                OrtSession.Result result = session.run(Map.of("vectors", vectorTensor, "looks", looksTensor))) {
            float[][][] attention =
                    (float[][][]) result.get("attention").orElseThrow().getValue();
            float[] attentionOfTokens = new float[attention[0].length];
            for (int i = 0; i < attentionOfTokens.length; i++) {
                attentionOfTokens[i] = attention[0][i][0];
            }
            return new Scores(
                    ((float[][][]) result.get("emissions").orElseThrow().getValue())[0],
                    attentionOfTokens,
                    ((float[][][]) result.get("votes").orElseThrow().getValue())[0]);
        } catch (OrtException e) {
            throw new IllegalStateException("the student failed on a review of " + size + " tokens", e);
        }
    }

    /** Adds what a field may show, from left to right; gives how many to expect. */
    private double propose(Review review, ReviewTokens tokens, Field field, Scores scores, List<Proposal> proposals) {
        int offset = field == Field.TITLE ? 0 : tokens.titleSize();
        List<Token> words = tokens.of(field);
        double[][] emissions = new double[words.size()][];
        for (int i = 0; i < emissions.length; i++) {
            float[] row = scores.emissions()[offset + i];
            emissions[i] = new double[row.length];
            for (int k = 0; k < row.length; k++) {
                emissions[i][k] = row[k];
            }
        }
        String text = field == Field.TITLE ? review.title() : review.text();
        Marks marks = marker.possible(emissions);
        for (MarkedSpan span : marks.spans()) {
            double[] votes = scores.of(
                    offset + span.first(), offset + span.last(), head.sides()[Head.SIDES.indexOf(span.side())]);
            double[] facets = softmax(votes, 0, FACETS);
            double[] polarities = softmax(votes, FACETS, FACETS + POLARITIES);
            Polarity polarity = Head.POLARITIES.get(argMax(polarities));
            double agreement = span.support() * polarities[argMax(polarities)];
            List<Token> evidence = words.subList(span.first(), span.last() + 1);
            boolean starts = tokens.startsSentence(offset + span.first());
            statements
                    .write(span.side(), polarity, evidence, starts)
                    .map(statement -> new Motivation(
                            span.side(),
                            new Facet(head.facets().get(argMax(facets))),
                            polarity,
                            statement,
                            text.substring(
                                    evidence.get(0).start(),
                                    evidence.get(evidence.size() - 1).end()),
                            field,
                            evidence.get(0).start(),
                            rounded(votes[FACETS + POLARITIES]),
                            rounded(agreement)))
                    .ifPresent(motivation -> proposals.add(new Proposal(motivation, agreement)));
        }
        return marks.expected();
    }

    private static double rounded(double share) {
        return Math.round(100 * Math.max(0.1, Math.min(1, share))) / 100.0;
    }

    private static double[] softmax(double[] votes, int from, int to) {
        double[] part = Arrays.copyOfRange(votes, from, to);
        double largest = Arrays.stream(part).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < part.length; i++) {
            part[i] = Math.exp(part[i] - largest);
            sum += part[i];
        }
        for (int i = 0; i < part.length; i++) {
            part[i] /= sum;
        }
        return part;
    }

    private static int argMax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    @Override
    public void close() {
        input.close();
        session.close();
    }
}
