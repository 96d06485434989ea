package dev.lmmrec.training.distil;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.reading.label.LabelledReview;
import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.student.Head;
import dev.lmmrec.reading.student.ReviewTokens;
import dev.lmmrec.reading.student.StudentInput.Seen;
import dev.lmmrec.reading.student.TokenEncoder;
import dev.lmmrec.reading.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A piece of a labelled review, as the head sees it in training. Vectors are kept in half of their bits. */
final class Example {

    /** Longer reviews become several examples, cut between sentences. */
    private static final int TOKENS_MAX = 240;

    private final short[] vectors;
    private final float[][] looks;
    private final int[] tags;
    private final List<Gold> spans;

    /** A labelled span: its place, side, facet by its index, polarity by its index, and strength. */
    record Gold(int first, int last, int side, int facet, int polarity, float strength) {}

    private Example(short[] vectors, float[][] looks, int[] tags, List<Gold> spans) {
        this.vectors = vectors;
        this.looks = looks;
        this.tags = tags;
        this.spans = spans;
    }

    /** One or more examples; spans that the cut between them goes through are left out. */
    static List<Example> of(LabelledReview labelled, Seen seen) {
        ReviewTokens tokens = seen.tokens();
        List<Gold> golds = golds(labelled, tokens);
        List<Example> examples = new ArrayList<>();
        int from = 0;
        while (from < tokens.size()) {
            int to = end(tokens, from);
            examples.add(part(seen, golds, from, to));
            from = to;
        }
        return examples;
    }

    private static int end(ReviewTokens tokens, int from) {
        if (tokens.size() - from <= TOKENS_MAX) {
            return tokens.size();
        }
        int limit = from + TOKENS_MAX;
        return tokens.sentenceEnds().stream()
                .map(last -> last + 1)
                .filter(end -> end > from && end <= limit)
                .max(Comparator.naturalOrder())
                .orElse(limit);
    }

    private static Example part(Seen seen, List<Gold> golds, int from, int to) {
        int[] tags = new int[to - from];
        List<Gold> spans = new ArrayList<>();
        for (Gold gold : golds) {
            if (gold.first() >= from && gold.last() < to) {
                Gold here = new Gold(
                        gold.first() - from,
                        gold.last() - from,
                        gold.side(),
                        gold.facet(),
                        gold.polarity(),
                        gold.strength());
                spans.add(here);
                int tag = Head.SIDES.get(here.side()) == Side.USER ? SpanMarker.USER_FIRST : SpanMarker.ITEM_FIRST;
                Arrays.fill(tags, here.first(), here.last() + 1, tag + 1);
                tags[here.first()] = tag;
                tags[here.last()] = tag + 2;
            }
        }
        short[] vectors = new short[(to - from) * TokenEncoder.WIDTH];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = upperHalf(seen.vectors()[from * TokenEncoder.WIDTH + i]);
        }
        return new Example(vectors, Arrays.copyOfRange(seen.looks(), from, to), tags, spans);
    }

    private static short upperHalf(float value) {
        return (short) ((Float.floatToRawIntBits(value) + 0x8000) >>> 16);
    }

    /** Labelled spans of at least two tokens; of those that overlap the shorter one. */
    private static List<Gold> golds(LabelledReview labelled, ReviewTokens tokens) {
        List<Gold> golds = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        List<Motivation> shortestFirst = labelled.motivations().stream()
                .sorted(Comparator.comparingInt(
                        motivation -> motivation.evidence().length()))
                .toList();
        for (Motivation motivation : shortestFirst) {
            int offset = motivation.field() == Field.TITLE ? 0 : tokens.titleSize();
            List<Token> words = tokens.of(motivation.field());
            int end = motivation.start() + motivation.evidence().length();
            List<Integer> inside = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                if (words.get(i).start() < end && words.get(i).end() > motivation.start()) {
                    inside.add(offset + i);
                }
            }
            int facet = Facet.KNOWN.indexOf(motivation.facet());
            if (inside.size() > 1 && facet >= 0 && inside.stream().noneMatch(taken::contains)) {
                taken.addAll(inside);
                golds.add(new Gold(
                        inside.get(0),
                        inside.get(inside.size() - 1),
                        Head.SIDES.indexOf(motivation.side()),
                        facet,
                        Head.POLARITIES.indexOf(motivation.polarity()),
                        (float) motivation.strength()));
            }
        }
        return golds;
    }

    int size() {
        return tags.length;
    }

    int[] tags() {
        return tags;
    }

    List<Gold> spans() {
        return spans;
    }

    /** Puts the vectors into rows of a batch, from {@code offset} on. */
    void vectorsInto(float[] target, int offset) {
        for (int i = 0; i < vectors.length; i++) {
            target[offset + i] = Float.intBitsToFloat(vectors[i] << 16);
        }
    }

    float[] looksOf(int token) {
        return looks[token];
    }
}
