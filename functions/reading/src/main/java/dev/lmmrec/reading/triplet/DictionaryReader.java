package dev.lmmrec.reading.triplet;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.triplet.Triplet.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The simplest reader, to compare others with: it knows by heart the words that were aspects or opinions in some
 * sentences at least a quarter of the times they stood there, and takes each opinion for the nearest aspect.
 */
public final class DictionaryReader implements TripletReader {

    private static final int WORDS_MAX = 6;
    private static final double SHARE_MIN = 0.25;

    private final Map<String, Integer> aspects;
    private final Map<String, Integer> opinions;
    private final Map<String, Map<Polarity, Integer>> sentiments = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();

    /**
     * Learns by heart.
     *
     * @param sentences with their triplets
     */
    public DictionaryReader(List<LabelledSentence> sentences) {
        this.aspects = new HashMap<>();
        this.opinions = new HashMap<>();
        for (LabelledSentence sentence : sentences) {
            Set<Words> aspectsHere = new LinkedHashSet<>();
            Set<Words> opinionsHere = new LinkedHashSet<>();
            for (Triplet triplet : sentence.triplets()) {
                aspectsHere.add(triplet.aspect());
                opinionsHere.add(triplet.opinion());
                sentiments
                        .computeIfAbsent(
                                text(sentence.words(), triplet.opinion()), words -> new EnumMap<>(Polarity.class))
                        .merge(triplet.sentiment(), 1, Integer::sum);
            }
            aspectsHere.forEach(words -> aspects.merge(text(sentence.words(), words), 1, Integer::sum));
            opinionsHere.forEach(words -> opinions.merge(text(sentence.words(), words), 1, Integer::sum));
            for (int first = 0; first < sentence.words().size(); first++) {
                for (int size = 1;
                        size <= WORDS_MAX && first + size <= sentence.words().size();
                        size++) {
                    seen.merge(text(sentence.words(), new Words(first, first + size - 1)), 1, Integer::sum);
                }
            }
        }
    }

    @Override
    public String id() {
        return "dictionary";
    }

    @Override
    public List<Triplet> read(List<String> words) {
        List<Words> found = known(words, aspects);
        List<Triplet> triplets = new ArrayList<>();
        if (!found.isEmpty()) {
            for (Words opinion : known(words, opinions)) {
                Words nearest = found.stream()
                        .min(Comparator.comparingInt(aspect -> distance(aspect, opinion)))
                        .orElseThrow();
                Polarity sentiment = sentiments.get(text(words, opinion)).entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey();
                triplets.add(new Triplet(nearest, opinion, sentiment));
            }
        }
        return triplets;
    }

    /** From left to right the longest ones that are in the dictionary. */
    private List<Words> known(List<String> words, Map<String, Integer> dictionary) {
        List<Words> known = new ArrayList<>();
        for (int first = 0; first < words.size(); ) {
            int next = first + 1;
            for (int size = Math.min(WORDS_MAX, words.size() - first); size > 0; size--) {
                Words here = new Words(first, first + size - 1);
                String text = text(words, here);
                if (dictionary.getOrDefault(text, 0) >= SHARE_MIN * seen.getOrDefault(text, 1)) {
                    known.add(here);
                    next = first + size;
                    break;
                }
            }
            first = next;
        }
        return known;
    }

    private static int distance(Words a, Words b) {
        return Math.max(0, Math.max(a.first() - b.last(), b.first() - a.last()));
    }

    private static String text(List<String> words, Words part) {
        return String.join(" ", words.subList(part.first(), part.last() + 1)).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
