package dev.lmmrec.reading.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of words that hint at motivations, read from {@code cues.txt}: which classes does each token of a
 * sentence belong to?
 */
public final class Cues {

    private static final int CLASSES_MAX = 64;
    private static final int PHRASE_WORDS_MAX = 5;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Long> entries = new HashMap<>();
    private final Map<String, Long> prefixes = new HashMap<>();

    private Cues() {}

    /**
     * Reads cues.
     *
     * @param lines section heads in brackets, below each its entries between blanks; {@code _} joins the words of a
     *     phrase, a final {@code *} stands for any ending; {@code #} begins a comment
     * @throws IllegalArgumentException if an entry stands before the first head or there are too many classes
     */
    public static Cues read(BufferedReader lines) throws IOException {
        Cues cues = new Cues();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String content = line.replaceFirst("#.*", "").strip();
            if (content.startsWith("[")) {
                cues.names.add(content.substring(1, content.indexOf(']')));
                if (cues.names.size() > CLASSES_MAX) {
                    throw new IllegalArgumentException("line " + number + ": more than " + CLASSES_MAX + " classes");
                }
            } else if (!content.isEmpty()) {
                if (cues.names.isEmpty()) {
                    throw new IllegalArgumentException("line " + number + ": an entry before the first [class]");
                }
                for (String entry : content.split("\\s+", -1)) {
                    cues.add(entry);
                }
            }
        }
        return cues;
    }

    private void add(String entry) {
        long bit = 1L << (names.size() - 1);
        if (entry.endsWith("*")) {
            prefixes.merge(entry.substring(0, entry.length() - 1), bit, (a, b) -> a | b);
        } else {
            entries.merge(entry.replace('_', ' '), bit, (a, b) -> a | b);
        }
    }

    /** The names of the classes, in the order of their bits. */
    public List<String> names() {
        return names;
    }

    /**
     * The bit of a class.
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public long bit(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no cue class '" + name + "' among " + names);
        }
        return 1L << index;
    }

    /** Whether a single word belongs to a class. */
    public boolean has(String word, String name) {
        return (ofWord(word) & bit(name)) != 0;
    }

    /** One set of bits per token. */
    public long[] of(List<Token> tokens) {
        long[] cues = new long[tokens.size()];
        for (int i = 0; i < cues.length; i++) {
            cues[i] |= ofWord(tokens.get(i).word());
            StringBuilder phrase = new StringBuilder(tokens.get(i).word());
            for (int j = i + 1; j < Math.min(cues.length, i + PHRASE_WORDS_MAX); j++) {
                phrase.append(' ').append(tokens.get(j).word());
                Long found = entries.get(phrase.toString());
                if (found != null) {
                    for (int k = i; k <= j; k++) {
                        cues[k] |= found;
                    }
                }
            }
        }
        return cues;
    }

    private long ofWord(String word) {
        long found = entries.getOrDefault(word, 0L);
        for (int end = Math.min(word.length(), 12); end >= 3; end--) {
            found |= prefixes.getOrDefault(word.substring(0, end), 0L);
        }
        return found;
    }
}
