package dev.lmmrec.training.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Cuts text into words: by the word boundaries of Unicode, in lower case, two letters or more. */
final class Words implements AutoCloseable {

    private static final int LETTERS_MIN = 2;

    private final Analyzer analyzer = new StandardAnalyzer(CharArraySet.EMPTY_SET);

    /**
     * Cuts.
     *
     * @param text any text
     * @return its words in their order
     */
    List<String> of(String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.length() >= LETTERS_MIN) {
                    words.add(term.toString());
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
        return words;
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
