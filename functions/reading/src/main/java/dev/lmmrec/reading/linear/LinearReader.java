package dev.lmmrec.reading.linear;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.Reading;
import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.span.MarkedSpan;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.KindWords;
import dev.lmmrec.reading.text.Sentence;
import dev.lmmrec.reading.text.StatementWriter;
import dev.lmmrec.reading.text.TextResources;
import dev.lmmrec.reading.text.Token;
import dev.lmmrec.reading.text.Verbs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Finds motivations by linear models over words and cues. */
public final class LinearReader implements ReviewReader {

    /** Reviews with more are read as far as this; the rest seldom says anything new. */
    private static final int SENTENCES_MAX = 200;

    /** Chosen for about as many motivations per review as people's labels have. */
    private static final double OUT_BIAS = -0.25;

    /** Weights for what came before carry this prefix. */
    static final String AFTER = "after tag:";

    private final String id;
    private final Cues cues;
    private final Features features;
    private final Weights spans;
    private final SpanMarker marker;
    private final Weights facets;
    private final Weights polarities;
    private final StatementWriter statements;
    private final KindWords kinds;

    LinearReader(String id, Cues cues, Verbs verbs, Weights spans, Weights facets, Weights polarities) {
        if (!spans.labels().equals(SpanMarker.TAGS)) {
            throw new IllegalArgumentException("labels are " + spans.labels() + ", must be " + SpanMarker.TAGS);
        }
        this.id = id;
        this.cues = cues;
        this.features = new Features(cues);
        this.spans = spans;
        this.marker = new SpanMarker(transitions(spans), OUT_BIAS);
        this.facets = facets;
        this.polarities = polarities;
        this.statements = new StatementWriter(cues, verbs);
        this.kinds = new KindWords(cues);
    }

    /**
     * Reads the cues, verbs and weights from the class path.
     *
     * @return a reader, safe for use by several threads
     * @throws UncheckedIOException if a resource is missing or cannot be read
     */
    public static LinearReader load() {
        try {
            TextResources resources = new TextResources();
            Cues cues = resources.cues();
            Verbs verbs = resources.verbs();
            Weights spans = Weights.read(resources.open(LinearReader.class, "span-weights.tsv"));
            Weights facets = Weights.read(resources.open(LinearReader.class, "facet-weights.tsv"));
            Weights polarities = Weights.read(resources.open(LinearReader.class, "polarity-weights.tsv"));
            return new LinearReader("embedded-" + resources.fingerprint(), cues, verbs, spans, facets, polarities);
        } catch (IOException e) {
            throw new UncheckedIOException("the linear reader's resources cannot be read", e);
        }
    }

    private static double[][] transitions(Weights spans) {
        int size = SpanMarker.TAGS.size();
        double[][] transitions = new double[size][size];
        for (int from = 0; from < size; from++) {
            float[] row = spans.row(AFTER + SpanMarker.TAGS.get(from));
            for (int to = 0; row != null && to < size; to++) {
                transitions[from][to] = row[to];
            }
        }
        return transitions;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read(Review review) {
        List<Sentence> sentences = Sentence.of(review);
        List<Motivation> found = new ArrayList<>();
        for (Sentence sentence : sentences.subList(0, Math.min(sentences.size(), SENTENCES_MAX))) {
            double[][] emissions = features.ofTokens(sentence, review.rating()).stream()
                    .map(spans::scores)
                    .toArray(double[][]::new);
            for (MarkedSpan span : marker.mark(emissions)) {
                motivationOf(review, sentence, span, found);
            }
        }
        return Reading.ofSurest(found, kinds.of(sentences));
    }

    private void motivationOf(Review review, Sentence sentence, MarkedSpan span, List<Motivation> found) {
        List<String> looks = features.ofSpan(sentence, span, review.rating());
        double[] facet = facets.probabilities(looks);
        double[] polarity = polarities.probabilities(looks);
        Polarity verdict = Polarity.valueOf(polarities.labels().get(argMax(polarity)));
        List<Token> evidence = sentence.tokens().subList(span.first(), span.last() + 1);
        Side side = sideOf(span, evidence);
        statements
                .write(side, verdict, evidence, span.first() == 0)
                .map(statement -> new Motivation(
                        side,
                        new Facet(facets.labels().get(argMax(facet))),
                        verdict,
                        statement,
                        sentence.textOf(review, span.first(), span.last()),
                        sentence.field(),
                        evidence.get(0).start(),
                        strength(review, side, verdict, evidence),
                        confidence(span, polarity)))
                .ifPresent(found::add);
    }

    /**
     * The marked side, but for a clause that a person says of nobody but themselves ("I am hard on my gear"): the
     * marker takes half of its words from one kind of product and misses such needs in others.
     */
    private Side sideOf(MarkedSpan span, List<Token> evidence) {
        boolean ofThemselves = cues.has(evidence.get(0).word(), "subject")
                && !cues.has(evidence.get(1).word(), "event")
                && evidence.stream().noneMatch(token -> cues.has(token.word(), "thing"));
        return ofThemselves ? Side.USER : span.side();
    }

    /**
     * How much it drives the verdict: half, more for strong words and where praise or blame agrees with the rating,
     * less for hedged words, where it goes against the rating, and for a plain need.
     */
    private double strength(Review review, Side side, Polarity polarity, List<Token> evidence) {
        long bits = 0;
        for (long bit : cues.of(evidence)) {
            bits |= bit;
        }
        double strength = side == Side.USER ? 0.5 : 0.6;
        strength += (bits & cues.bit("intensifier")) != 0 ? 0.1 : 0;
        strength -= (bits & cues.bit("hedge")) != 0 ? 0.1 : 0;
        double liking = (review.rating() - 3) / 2;
        switch (polarity) {
            case POSITIVE -> strength += 0.1 * liking;
            case NEGATIVE -> strength -= 0.2 * liking;
            case NEUTRAL -> strength -= 0.05;
        }
        return Math.round(100 * Math.max(0.1, Math.min(1, strength))) / 100.0;
    }

    /** The mean of how sure the place and the polarity are. */
    private static double confidence(MarkedSpan span, double[] polarity) {
        double certainty = (Math.sqrt(span.probability()) + polarity[argMax(polarity)]) / 2;
        return Math.round(100 * Math.max(0.1, Math.min(1, certainty))) / 100.0;
    }

    private static int argMax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
