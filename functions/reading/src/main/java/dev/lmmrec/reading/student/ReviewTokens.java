package dev.lmmrec.reading.student;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.reading.text.Sentence;
import dev.lmmrec.reading.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * All words and marks of a review: the title's, then the text's.
 *
 * @param tokens of both fields
 * @param titleSize how many of them are the title's
 * @param sentenceEnds indices of tokens after which a sentence is over, ascending
 */
public record ReviewTokens(List<Token> tokens, int titleSize, List<Integer> sentenceEnds) {

    /** Reviews with more are read as far as this. */
    public static final int TOKENS_MAX = 4_000;

    /** Copies the lists. */
    public ReviewTokens {
        tokens = List.copyOf(tokens);
        sentenceEnds = List.copyOf(sentenceEnds);
    }

    /**
     * Splits a review.
     *
     * @param review the review
     * @return at most {@link #TOKENS_MAX} tokens
     */
    public static ReviewTokens of(Review review) {
        List<Token> tokens = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int titleSize = 0;
        for (Sentence sentence : Sentence.of(review)) {
            if (tokens.size() + sentence.tokens().size() > TOKENS_MAX) {
                break;
            }
            tokens.addAll(sentence.tokens());
            ends.add(tokens.size() - 1);
            if (sentence.field() == Field.TITLE) {
                titleSize = tokens.size();
            }
        }
        return new ReviewTokens(tokens, titleSize, ends);
    }

    /**
     * How many tokens there are.
     *
     * @return title and text together
     */
    public int size() {
        return tokens.size();
    }

    /**
     * The tokens of one field as one row.
     *
     * @param field title or text
     * @return possibly none
     */
    public List<Token> of(Field field) {
        return field == Field.TITLE ? tokens.subList(0, titleSize) : tokens.subList(titleSize, tokens.size());
    }

    /**
     * Whether a sentence begins with a token.
     *
     * @param index the token's
     * @return whether the one before it ends a sentence, or there is none
     */
    public boolean startsSentence(int index) {
        return index == 0 || sentenceEnds.contains(index - 1);
    }
}
