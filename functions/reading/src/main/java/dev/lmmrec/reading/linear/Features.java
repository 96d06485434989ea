package dev.lmmrec.reading.linear;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.reading.span.MarkedSpan;
import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.Sentence;
import dev.lmmrec.reading.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the models look at, by names that can be read in the weight tables. */
final class Features {

    private static final int REACH = 5;
    private static final int CONTEXT = 4;

    private final Cues cues;
    private final long negation;
    private final long praise;
    private final long blame;
    private final long person;

    Features(Cues cues) {
        this.cues = cues;
        this.negation = cues.bit("negation");
        this.praise = cues.bit("praise");
        this.blame = cues.bit("blame");
        this.person = cues.bit("first-person");
    }

    /** For each token: what speaks for its being inside or outside a span. */
    List<List<String>> ofTokens(Sentence sentence, double rating) {
        List<Token> tokens = sentence.tokens();
        long[] bits = cues.of(tokens);
        int size = tokens.size();
        List<List<String>> all = new ArrayList<>(size);
        long anywhere = 0;
        for (long bit : bits) {
            anywhere |= bit;
        }
        String where = sentence.field() == Field.TITLE ? "title" : size <= 6 ? "short" : size <= 20 ? "middle" : "long";
        for (int i = 0; i < size; i++) {
            List<String> names = new ArrayList<>(40);
            names.add("any");
            names.add("in:" + where);
            names.add("rating:" + Math.round(rating));
            for (int d = -2; d <= 2; d++) {
                names.add(d + ":" + wordAt(tokens, i + d));
            }
            names.add("-1,0:" + wordAt(tokens, i - 1) + " " + wordAt(tokens, i));
            names.add("0,1:" + wordAt(tokens, i) + " " + wordAt(tokens, i + 1));
            Token token = tokens.get(i);
            if (i > 0 && token.isCapitalised()) {
                names.add("0:Capital");
            }
            if (token.hasDigit()) {
                names.add("0:digit");
            }
            String word = token.word();
            if (word.length() > 5 && token.isWord()) {
                names.add("0:-" + word.substring(word.length() - 3));
            }
            for (int d = -2; d <= 2; d++) {
                if (i + d >= 0 && i + d < size) {
                    addCues(names, d + "@", bits[i + d]);
                }
            }
            long before = 0;
            long after = 0;
            for (int d = 1; d <= REACH; d++) {
                before |= i - d >= 0 ? bits[i - d] : 0;
                after |= i + d < size ? bits[i + d] : 0;
            }
            addCues(names, "before@", before);
            addCues(names, "after@", after);
            if ((anywhere & person) != 0) {
                names.add("sentence@first-person");
            }
            if ((anywhere & (praise | blame)) == 0) {
                names.add("sentence@no-verdict");
            }
            all.add(names);
        }
        return all;
    }

    /** For a span: what speaks for its facet and polarity. */
    List<String> ofSpan(Sentence sentence, MarkedSpan span, double rating) {
        List<Token> tokens = sentence.tokens();
        long[] bits = cues.of(tokens);
        String side = span.side().name().toLowerCase(Locale.ROOT);
        String stars = "rating:" + Math.round(rating);
        List<String> names = new ArrayList<>(64);
        names.add("any");
        names.add(side);
        names.add(stars);
        names.add(side + "," + stars);
        if (sentence.field() == Field.TITLE) {
            names.add("title");
        }
        boolean negated = false;
        long inside = 0;
        for (int i = span.first(); i <= span.last(); i++) {
            String word = wordAt(tokens, i);
            names.add("w:" + word);
            if (span.side() == Side.USER) {
                names.add("user w:" + word);
            }
            if (i < span.last()) {
                names.add("w:" + word + " " + wordAt(tokens, i + 1));
            }
            if (word.length() > 5) {
                names.add("w:" + word.substring(0, 5) + "-");
            }
            negated |= (bits[i] & negation) != 0;
            inside |= bits[i];
            addCues(names, negated ? "not@" : "@", bits[i]);
        }
        addCues(names, side + "@", inside);
        long before = 0;
        long after = 0;
        for (int d = 1; d <= CONTEXT; d++) {
            int left = span.first() - d;
            int right = span.last() + d;
            if (left >= 0) {
                names.add("b:" + wordAt(tokens, left));
                before |= bits[left];
            }
            if (right < tokens.size()) {
                names.add("a:" + wordAt(tokens, right));
                after |= bits[right];
            }
        }
        addCues(names, "before@", before);
        addCues(names, "after@", after);
        return names;
    }

    private void addCues(List<String> names, String prefix, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            names.add(prefix + cues.names().get(Long.numberOfTrailingZeros(rest)));
        }
    }

    private static String wordAt(List<Token> tokens, int index) {
        return index < 0
                ? "<"
                : index >= tokens.size() ? ">" : tokens.get(index).word();
    }
}
