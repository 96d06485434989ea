package dev.lmmrec.training.distil;

import dev.lmmrec.reading.text.Cues;
import dev.lmmrec.reading.text.Token;
import java.util.List;

/**
 * The words that a domain brings with it. All others, by which a person says that something is wanted, meant or
 * missing, are the same everywhere: short ones, and those of some classes of cues.
 */
final class DomainWords {

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

    DomainWords(Cues cues) {
        this.cues = cues;
        this.elsewhereToo = ELSEWHERE_TOO.stream().mapToLong(cues::bit).sum();
    }

    boolean has(Token token) {
        return token.isWord()
                && token.word().length() >= LETTERS_MIN
                && (cues.of(List.of(token))[0] & elsewhereToo) == 0;
    }
}
