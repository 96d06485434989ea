package dev.lmmrec.extraction.extractor.llm;

import dev.lmmrec.core.review.Invisible;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets through only words that say something of a reason. A quote proves itself; a statement is the one part that a
 * model writes freely, and so the one way out for what a review talked it into saying.
 */
final class StatementGuard {

    private static final int WORDS_MAX = 20;
    private static final int WORD_LENGTH_MAX = 40;

    /** So many words in a row are not found twice by accident. */
    private static final int LEAK_WORDS = 5;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern UNWANTED = Pattern.compile(
            "[\\p{Cntrl}<>{}\\[\\]|\\\\`@#^~=_*]|://|\\bwww\\.|\\p{L}\\.(?:com|org|net|io|ru|info|biz|shop)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KIND = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} '-]{0,39}");
    private static final int KIND_WORDS_MAX = 3;
    private static final int KINDS_MAX = 3;
    private static final Set<Character.UnicodeScript> ALIKE =
            Set.of(Character.UnicodeScript.LATIN, Character.UnicodeScript.GREEK, Character.UnicodeScript.CYRILLIC);

    /** Less is found in nearly every text and shows nothing. */
    private static final int EVIDENCE_LETTERS_MIN = 3;

    /** In writing without spaces two signs make a word. */
    private static final int EVIDENCE_IDEOGRAPHS_MIN = 2;

    private final Set<String> instructions;
    private final PersonalData personalData;

    /**
     * Makes the guard.
     *
     * @param instructions what the model was told and must not tell
     * @param personalData finds what tells who somebody is
     */
    StatementGuard(String instructions, PersonalData personalData) {
        this.instructions = Set.copyOf(runs(instructions));
        this.personalData = personalData;
    }

    /**
     * Brings words into their plain form: no invisible characters, accents encoded in one way.
     *
     * @param words as the model wrote them
     * @return the same words
     */
    String plain(String words) {
        return Normalizer.normalize(Invisible.strip(words), Normalizer.Form.NFC)
                .replace('\u00a0', ' ')
                .strip();
    }

    /**
     * Decides on a statement.
     *
     * @param statement in its plain form
     * @param before the statements of the same answer that were let through: a leak may be dealt out to several
     * @param review what it is said of
     * @return false if it is not let through
     */
    boolean passes(String statement, List<String> before, Review review) {
        List<String> words = words(statement);
        return !words.isEmpty()
                && words.size() <= WORDS_MAX
                && statement.length() <= Grounding.STATEMENT_LENGTH_MAX
                && words.stream().allMatch(word -> word.length() <= WORD_LENGTH_MAX && isOfOneAlphabet(word))
                && !UNWANTED.matcher(statement).find()
                && !tellsWhoSomebodyIs(statement)
                && !leaks(String.join(" ", before) + " " + statement, review);
    }

    /**
     * Decides on evidence, before anybody looks for it.
     *
     * @param evidence words that are said to stand in the review
     * @return false if they would show nothing even if they stood there
     */
    boolean passesAsEvidence(String evidence) {
        return evidence.codePoints().filter(Character::isLetterOrDigit).count() >= EVIDENCE_LETTERS_MIN
                || evidence.codePoints().filter(Character::isIdeographic).count() >= EVIDENCE_IDEOGRAPHS_MIN;
    }

    /**
     * Decides on the words for the kind of thing.
     *
     * @param kind in their plain form
     * @param review what they are said of
     * @return those that are let through, lower case
     */
    List<String> passedAsKind(List<String> kind, Review review) {
        List<String> passed = kind.stream()
                .filter(this::isKind)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .distinct()
                .limit(KINDS_MAX)
                .toList();
        String together = String.join(" ", passed);
        // a number or a leak may be dealt out to several
        return tellsWhoSomebodyIs(together) || leaks(together, review) ? List.of() : passed;
    }

    /** Looked at as the model wrote it: an address is known by its capitals. */
    private boolean isKind(String kind) {
        List<String> words = words(kind);
        return KIND.matcher(kind.toLowerCase(Locale.ROOT)).matches()
                && words.size() <= KIND_WORDS_MAX
                && words.stream().allMatch(StatementGuard::isOfOneAlphabet)
                && !tellsWhoSomebodyIs(kind);
    }

    private boolean tellsWhoSomebodyIs(String words) {
        return !personalData.blot(words).equals(words);
    }

    /** Letters that look alike are borrowed from another alphabet to spell what must not be read. */
    private static boolean isOfOneAlphabet(String word) {
        return word.codePoints()
                        .filter(Character::isLetter)
                        .mapToObj(Character.UnicodeScript::of)
                        .filter(ALIKE::contains)
                        .distinct()
                        .count()
                <= 1;
    }

    /** What the review says itself is no secret. */
    private boolean leaks(String statement, Review review) {
        Set<String> own = null;
        for (String run : runs(statement)) {
            if (instructions.contains(run)) {
                own = own == null ? new HashSet<>(runs(review.title() + "\n" + review.text())) : own;
                if (!own.contains(run)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> runs(String text) {
        List<String> words = words(text);
        List<String> runs = new ArrayList<>();
        for (int i = 0; i + LEAK_WORDS <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + LEAK_WORDS)));
        }
        return runs;
    }

    private static List<String> words(String text) {
        return WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group())
                .toList();
    }
}
