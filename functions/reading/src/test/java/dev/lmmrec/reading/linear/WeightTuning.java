package dev.lmmrec.reading.linear;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.testing.SharedData;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.label.SharedLabels;
import dev.lmmrec.reading.span.MarkedSpan;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.Sentence;
import dev.lmmrec.reading.text.Token;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tunes the linear reader's weight tables on labelled reviews (split {@code train}) and writes them into the module's
 * resources. A word gets a weight only if it is in common use: written in many of these reviews and in many reviews of
 * another domain, and not as a rule with a capital. So no name and no phrase of a review gets in.
 *
 * <p>Run from the module's folder, on the test class path: {@code java ... WeightTuning}.
 */
final class WeightTuning {

    private static final int REVIEWS_MIN = 6;
    private static final int OTHER_DOMAIN_REVIEWS_MIN = Integer.getInteger("other.min", 20);
    private static final double CAPITAL_SHARE_MAX = 0.6;
    private static final double WEIGHT_MIN = 0.1;
    private static final int ROUNDS = Integer.getInteger("rounds", 12);
    private static final double RATE = 0.15;
    private static final double DECAY = Double.parseDouble(System.getProperty("decay", "2e-3"));
    private static final long SEED = 20261123;

    private WeightTuning() {}

    public static void main(String[] args) throws IOException {
        List<LabelledReview> train = SharedLabels.read("musical-instruments", "musical-instruments").stream()
                .filter(labelled -> labelled.split().equals("train"))
                .toList();
        Path target = Path.of("src/main/resources/dev/lmmrec/reading/linear");
        Cues cues;
        try (BufferedReader lines =
                Files.newBufferedReader(target.resolveSibling("text").resolve("cues.txt"))) {
            cues = Cues.read(lines);
        }
        Vocabulary vocabulary = Vocabulary.of(train, SharedData.find("steam-reviews/reviews.jsonl.gz"));
        System.out.println(train.size() + " reviews, " + vocabulary.words.size() + " words");
        Features features = new Features(cues);
        write(
                target.resolve("span-weights.tsv"),
                "which words show a motivation",
                tuneSpans(train, features, vocabulary));
        List<String> facets = Facet.KNOWN.stream().map(Facet::name).toList();
        List<String> polarities =
                Arrays.stream(Polarity.values()).map(Enum::name).toList();
        write(
                target.resolve("facet-weights.tsv"),
                "which facet a motivation has",
                tuneLabels(train, features, vocabulary, facets, m -> m.facet().name()));
        write(
                target.resolve("polarity-weights.tsv"),
                "which polarity a motivation has",
                tuneLabels(train, features, vocabulary, polarities, m -> m.polarity()
                        .name()));
    }

    private static Table tuneSpans(List<LabelledReview> train, Features features, Vocabulary vocabulary) {
        List<List<List<String>>> names = new ArrayList<>();
        List<int[]> tags = new ArrayList<>();
        List<Integer> reviewOf = new ArrayList<>();
        for (int r = 0; r < train.size(); r++) {
            LabelledReview labelled = train.get(r);
            for (Sentence sentence : Sentence.of(labelled.review())) {
                List<List<String>> ofTokens = new ArrayList<>();
                for (List<String> ofToken :
                        features.ofTokens(sentence, labelled.review().rating())) {
                    ofTokens.add(ofToken.stream().filter(vocabulary::allows).toList());
                }
                names.add(ofTokens);
                int[] gold = new int[sentence.tokens().size()];
                for (MarkedSpan span : goldSpans(labelled, sentence).keySet()) {
                    int first = span.side() == Side.USER ? SpanMarker.USER_FIRST : SpanMarker.ITEM_FIRST;
                    for (int i = span.first(); i <= span.last(); i++) {
                        gold[i] = i == span.first() ? first : i == span.last() ? first + 2 : first + 1;
                    }
                }
                tags.add(gold);
                reviewOf.add(r);
            }
        }
        Table table = new Table(SpanMarker.TAGS);
        for (String tag : SpanMarker.TAGS) {
            table.idOf(LinearReader.AFTER + tag, true);
        }
        Map<String, Set<Integer>> seen = new HashMap<>();
        for (int s = 0; s < names.size(); s++) {
            for (List<String> ofToken : names.get(s)) {
                for (String name : ofToken) {
                    seen.computeIfAbsent(name, n -> new HashSet<>()).add(reviewOf.get(s));
                }
            }
        }
        seen.forEach((name, reviews) -> table.idOf(name, reviews.size() >= REVIEWS_MIN));
        List<int[][]> ids = names.stream()
                .map(sentence -> sentence.stream().map(table::idsOf).toArray(int[][]::new))
                .toList();
        table.allocate();
        List<Integer> order = new ArrayList<>();
        for (int s = 0; s < ids.size(); s++) {
            order.add(s);
        }
        Random random = new Random(SEED);
        int size = SpanMarker.TAGS.size();
        for (int round = 0; round < ROUNDS; round++) {
            java.util.Collections.shuffle(order, random);
            double loss = 0;
            for (int s : order) {
                int[][] sentence = ids.get(s);
                int[] gold = tags.get(s);
                double[][] scores = new double[sentence.length][];
                for (int i = 0; i < sentence.length; i++) {
                    scores[i] = table.scores(sentence[i]);
                }
                double[][] transitions = new double[size][size];
                for (int from = 0; from < size; from++) {
                    for (int to = 0; to < size; to++) {
                        transitions[from][to] =
                                SpanMarker.follows(from, to) ? table.weight(from, to) : Double.NEGATIVE_INFINITY;
                    }
                }
                SpanMarker.Lattice lattice = SpanMarker.Lattice.of(scores, transitions);
                for (int i = 0; i < sentence.length; i++) {
                    double[] gradient = new double[size];
                    for (int tag = 0; tag < size; tag++) {
                        gradient[tag] = (gold[i] == tag ? 1 : 0) - lattice.probability(i, tag);
                    }
                    loss += 1 - lattice.probability(i, gold[i]);
                    table.step(sentence[i], gradient);
                    for (int from = 0; from < size; from++) {
                        double[] step = new double[size];
                        boolean any = false;
                        for (int to = 0; to < size; to++) {
                            if (SpanMarker.follows(from, to)) {
                                int before = i == 0 ? SpanMarker.OUT : gold[i - 1];
                                step[to] = (before == from && gold[i] == to ? 1 : 0) - lattice.probability(i, from, to);
                                any |= step[to] != 0;
                            }
                        }
                        if (any) {
                            table.step(new int[] {from}, step);
                        }
                    }
                }
            }
            System.out.printf(
                    "round %d: mean error %.4f%n",
                    round + 1, loss / ids.stream().mapToInt(x -> x.length).sum());
        }
        return table;
    }

    private interface LabelOf {
        String of(Motivation motivation);
    }

    private static Table tuneLabels(
            List<LabelledReview> train,
            Features features,
            Vocabulary vocabulary,
            List<String> labels,
            LabelOf labelOf) {
        List<List<String>> names = new ArrayList<>();
        List<Integer> golds = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (LabelledReview labelled : train) {
            for (Sentence sentence : Sentence.of(labelled.review())) {
                goldSpans(labelled, sentence).forEach((span, motivation) -> {
                    List<String> ofSpan = features
                            .ofSpan(sentence, span, labelled.review().rating())
                            .stream()
                            .filter(vocabulary::allows)
                            .toList();
                    names.add(ofSpan);
                    ofSpan.stream().distinct().forEach(name -> seen.merge(name, 1, Integer::sum));
                    golds.add(labels.indexOf(labelOf.of(motivation)));
                });
            }
        }
        Table table = new Table(labels);
        seen.forEach((name, count) -> table.idOf(name, count >= REVIEWS_MIN));
        List<int[]> ids = names.stream().map(table::idsOf).toList();
        table.allocate();
        List<Integer> order = new ArrayList<>();
        for (int s = 0; s < ids.size(); s++) {
            order.add(s);
        }
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            java.util.Collections.shuffle(order, random);
            for (int s : order) {
                double[] scores = table.scores(ids.get(s));
                double largest = Arrays.stream(scores).max().orElseThrow();
                double sum = 0;
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = Math.exp(scores[i] - largest);
                    sum += scores[i];
                }
                double[] gradient = new double[scores.length];
                for (int i = 0; i < scores.length; i++) {
                    gradient[i] = (golds.get(s) == i ? 1 : 0) - scores[i] / sum;
                }
                table.step(ids.get(s), gradient);
            }
        }
        return table;
    }

    /**
     * The labelled evidence in one sentence, as tokens; what crosses its borders is cut there, what overlaps left out.
     */
    static Map<MarkedSpan, Motivation> goldSpans(LabelledReview labelled, Sentence sentence) {
        Map<MarkedSpan, Motivation> spans = new java.util.LinkedHashMap<>();
        List<Token> tokens = sentence.tokens();
        boolean[] taken = new boolean[tokens.size()];
        for (Motivation motivation : labelled.motivations()) {
            if (motivation.field() != sentence.field()) {
                continue;
            }
            int first = -1;
            int last = -1;
            for (int i = 0; i < tokens.size(); i++) {
                boolean inside = tokens.get(i).start()
                                < motivation.start() + motivation.evidence().length()
                        && tokens.get(i).end() > motivation.start();
                if (inside) {
                    first = first < 0 ? i : first;
                    last = i;
                }
            }
            if (first >= 0 && last > first) {
                boolean free = true;
                for (int i = first; i <= last; i++) {
                    free &= !taken[i];
                }
                if (free) {
                    Arrays.fill(taken, first, last + 1, true);
                    spans.put(new MarkedSpan(motivation.side(), first, last, 1, 1), motivation);
                }
            }
        }
        return spans;
    }

    private static void write(Path file, String purpose, Table table) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, UTF_8)) {
            out.println("# How much each feature tells " + purpose + ", in hundredths; an empty cell is 0.");
            out.println("# Written by WeightTuning in the test sources; tune anew instead of editing.");
            table.print(out);
        }
        System.out.println(file.getFileName() + ": " + Files.size(file) + " bytes");
    }

    /** Weights while they are tuned: AdaGrad with decay. */
    private static final class Table {

        private final List<String> labels;
        private final Map<String, Integer> ids = new HashMap<>();
        private double[][] weights;
        private double[][] squares;

        Table(List<String> labels) {
            this.labels = labels;
        }

        int idOf(String name, boolean wanted) {
            return wanted ? ids.computeIfAbsent(name, n -> ids.size()) : -1;
        }

        int[] idsOf(List<String> names) {
            return names.stream()
                    .mapToInt(name -> ids.getOrDefault(name, -1))
                    .filter(id -> id >= 0)
                    .toArray();
        }

        void allocate() {
            weights = new double[ids.size()][labels.size()];
            squares = new double[ids.size()][labels.size()];
        }

        double weight(int id, int label) {
            return weights[id][label];
        }

        double[] scores(int[] features) {
            double[] scores = new double[labels.size()];
            for (int id : features) {
                for (int i = 0; i < scores.length; i++) {
                    scores[i] += weights[id][i];
                }
            }
            return scores;
        }

        void step(int[] features, double[] gradient) {
            for (int id : features) {
                double[] row = weights[id];
                double[] past = squares[id];
                for (int i = 0; i < row.length; i++) {
                    double g = gradient[i] - DECAY * row[i];
                    past[i] += g * g;
                    row[i] += RATE * g / (1e-8 + Math.sqrt(past[i] + 1));
                }
            }
        }

        void print(PrintStream out) {
            out.println("feature\t" + String.join("\t", labels));
            new TreeMap<>(ids).forEach((name, id) -> {
                boolean kept = Arrays.stream(weights[id]).anyMatch(w -> Math.abs(w) >= WEIGHT_MIN);
                if (kept) {
                    String cells = Arrays.stream(weights[id])
                            .mapToObj(w -> Math.abs(w) < WEIGHT_MIN / 4 ? "" : Long.toString(Math.round(w * 100)))
                            .collect(Collectors.joining("\t"));
                    out.println(name + "\t" + cells);
                }
            });
        }
    }

    /** The words in common use. */
    private static final class Vocabulary {

        private final Set<String> words;

        private Vocabulary(Set<String> words) {
            this.words = words;
        }

        static Vocabulary of(List<LabelledReview> train, Path otherDomain) throws IOException {
            Map<String, Integer> here = new HashMap<>();
            Map<String, Integer> capitals = new HashMap<>();
            Map<String, Integer> insides = new HashMap<>();
            for (LabelledReview labelled : train) {
                Set<String> ofReview = new HashSet<>();
                for (Sentence sentence : Sentence.of(labelled.review())) {
                    for (int i = 0; i < sentence.tokens().size(); i++) {
                        Token token = sentence.tokens().get(i);
                        ofReview.add(token.word());
                        if (i > 0 && sentence.field() == Field.TEXT) {
                            insides.merge(token.word(), 1, Integer::sum);
                            capitals.merge(token.word(), token.isCapitalised() ? 1 : 0, Integer::sum);
                        }
                    }
                }
                ofReview.forEach(word -> here.merge(word, 1, Integer::sum));
            }
            Map<String, Integer> elsewhere = new HashMap<>();
            new ReviewFile(otherDomain, ReviewFormat.AUTO, new ReviewCheck(Clock.systemUTC()))
                    .read(
                            line -> {
                                if (line instanceof ReadLine.Reviews read) {
                                    read.accepted().forEach(accepted -> count(accepted.review(), elsewhere));
                                }
                            },
                            (at, size) -> {});
            return new Vocabulary(here.keySet().stream()
                    .filter(word -> here.get(word) >= REVIEWS_MIN)
                    .filter(word -> elsewhere.getOrDefault(word, 0) >= OTHER_DOMAIN_REVIEWS_MIN)
                    .filter(word -> word.startsWith("i'")
                            || word.equals("i")
                            || capitals.getOrDefault(word, 0) <= CAPITAL_SHARE_MAX * insides.getOrDefault(word, 1))
                    .collect(Collectors.toSet()));
        }

        private static void count(Review review, Map<String, Integer> reviewsByWord) {
            Set<String> ofReview = new HashSet<>();
            for (Sentence sentence : Sentence.of(review)) {
                sentence.tokens().forEach(token -> ofReview.add(token.word()));
            }
            ofReview.forEach(word -> reviewsByWord.merge(word, 1, Integer::sum));
        }

        /** Whether all words that a feature's name quotes are in common use; other features are no words. */
        boolean allows(String feature) {
            int colon = feature.indexOf(':');
            if (colon < 0
                    || feature.startsWith("in:")
                    || feature.startsWith("rating:")
                    || feature.contains(",rating")
                    || feature.startsWith("0:-")
                    || feature.equals("0:Capital")
                    || feature.equals("0:digit")
                    || feature.endsWith("-")) {
                return true;
            }
            for (String word : feature.substring(colon + 1).split(" ", -1)) {
                if (!words.contains(word) && !word.equals("<") && !word.equals(">")) {
                    return false;
                }
            }
            return true;
        }
    }
}
