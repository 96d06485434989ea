package dev.lmmrec.reading.student;

import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.Token;
import java.util.List;

/**
 * The words that a domain brings with it. All others, by which a person says that something is wanted, meant or
 * missing, are the same everywhere: short ones, and those of some classes of cues.
 */
public final class DomainWords {

    private static final int LETTERS_MIN = 4;
    private static final List<String> ELSEWHERE_TOO = List.of(
            "negation",
            "intensifier",
            "hedge",
            "contrast",
            "clause",
            "wish",
            "first-person",
            "need",
            "subject",
            "thing");

    private final Cues cues;
    private final long elsewhereToo;

    /**
     * Takes cues for what is the same everywhere.
     *
     * @param cues their classes
     */
    public DomainWords(Cues cues) {
        this.cues = cues;
        this.elsewhereToo = ELSEWHERE_TOO.stream().mapToLong(cues::bit).sum();
    }

    /**
     * Whether a token is one of them.
     *
     * @param token any token
     * @return false for marks, short words and cues as well
     */
    public boolean has(Token token) {
        return token.isWord()
                && token.word().length() >= LETTERS_MIN
                && (cues.of(List.of(token))[0] & elsewhereToo) == 0;
    }
}
