package dev.lmmrec.extraction.extractor.embedded;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.Candidate;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.ExtractorId;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Finds motivations without any network: the same review always gives the same ones. */
public final class EmbeddedExtractor implements Extractor {

    /** Reviews with more are read as far as this; the rest seldom says anything new. */
    private static final int SENTENCES_MAX = 200;

    private static final int CANDIDATES_MAX = 8;

    /** Chosen for about as many motivations per review as people's labels have. */
    private static final double OUT_BIAS = -0.25;

    private final ExtractorId id;
    private final Cues cues;
    private final Features features;
    private final SpanMarker marker;
    private final Weights facets;
    private final Weights polarities;
    private final StatementWriter statements;
    private final KindWords kinds;

    EmbeddedExtractor(ExtractorId id, Cues cues, Verbs verbs, SpanMarker marker, Weights facets, Weights polarities) {
        this.id = id;
        this.cues = cues;
        this.features = new Features(cues);
        this.marker = marker;
        this.facets = facets;
        this.polarities = polarities;
        this.statements = new StatementWriter(cues, verbs);
        this.kinds = new KindWords(cues);
    }

    /**
     * Reads the cues, verbs and weights from the class path.
     *
     * @return an extractor, safe for use by several threads
     * @throws UncheckedIOException if a resource is missing or cannot be read
     */
    public static EmbeddedExtractor load() {
        try {
            Resources resources = new Resources();
            Cues cues = Cues.read(resources.open("cues.txt"));
            Verbs verbs = Verbs.read(resources.open("verbs.tsv"));
            Weights spans = Weights.read(resources.open("span-weights.tsv"));
            Weights facets = Weights.read(resources.open("facet-weights.tsv"));
            Weights polarities = Weights.read(resources.open("polarity-weights.tsv"));
            ExtractorId id = new ExtractorId("embedded-" + resources.fingerprint());
            return new EmbeddedExtractor(id, cues, verbs, new SpanMarker(spans, OUT_BIAS), facets, polarities);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded extractor's resources cannot be read", e);
        }
    }

    @Override
    public ExtractorId id() {
        return id;
    }

    @Override
    public ExtractionOutcome extract(Review review) {
        List<Sentence> sentences = Sentence.of(review);
        List<Candidate> candidates = new ArrayList<>();
        for (Sentence sentence : sentences.subList(0, Math.min(sentences.size(), SENTENCES_MAX))) {
            for (MarkedSpan span : marker.mark(features.ofTokens(sentence, review.rating()))) {
                candidateOf(review, sentence, span, candidates);
            }
        }
        List<Candidate> likeliest = candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .limit(CANDIDATES_MAX)
                .toList();
        return new ExtractionOutcome.Extracted(
                candidates.stream().filter(likeliest::contains).toList(), kinds.of(sentences));
    }

    private void candidateOf(Review review, Sentence sentence, MarkedSpan span, List<Candidate> candidates) {
        List<String> looks = features.ofSpan(sentence, span, review.rating());
        double[] facet = facets.probabilities(looks);
        double[] polarity = polarities.probabilities(looks);
        Polarity verdict = Polarity.valueOf(polarities.labels().get(argMax(polarity)));
        List<Token> evidence = sentence.tokens().subList(span.first(), span.last() + 1);
        Side side = sideOf(span, evidence);
        statements
                .write(side, verdict, evidence, span.first() == 0)
                .map(statement -> new Candidate(
                        side,
                        new Facet(facets.labels().get(argMax(facet))),
                        verdict,
                        statement,
                        sentence.textOf(review, span.first(), span.last()),
                        strength(review, side, verdict, evidence),
                        confidence(span, polarity)))
                .ifPresent(candidates::add);
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

    /** The resources beside this class, with a fingerprint of all that was read. */
    private static final class Resources {

        private final MessageDigest digest;

        Resources() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        BufferedReader open(String name) throws IOException {
            try (InputStream stream = EmbeddedExtractor.class.getResourceAsStream(name)) {
                if (stream == null) {
                    throw new IOException("no resource " + name + " beside " + EmbeddedExtractor.class.getName());
                }
                byte[] bytes = stream.readAllBytes();
                digest.update(bytes);
                return new BufferedReader(
                        new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
            }
        }

        String fingerprint() {
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12).toLowerCase(Locale.ROOT);
        }
    }
}
