package dev.lmmrec.reading.text;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a statement from the words of its evidence; nothing else is ever said.
 *
 * <p>The rule: words in lower case, without punctuation and names; three to ten of them. An ITEM statement drops the
 * words that only lead to the trait ("it is a", "and the"). A USER statement begins with a verb in the third person:
 * the reviewer's own where the evidence has one ("I needed" becomes "needs"), else one that the words call for ("for my
 * son" becomes "wants it for a son"), else "wants". "My" becomes "their", "I" "they". Evidence that denies something is
 * left unsaid where the denial finds no room: without it the statement would say the opposite.
 */
public final class StatementWriter {

    private static final int WORDS_MIN = 3;
    private static final int WORDS_MAX = 10;
    private static final String VOWELS = "aeiou";

    private static final Set<String> LEADING = words(
            "it it's its is are was were be been the a an and but or so also this that these those they they're there"
                    + " there's which of with to i i'm i've we as than then they've you your just really very if that's"
                    + " has have had for he she who overall plus because since");
    private static final Set<String> TRAILING = words(
            "and but or the a an of to with for in on at is was are were it that this which my i you so as by from if may"
                    + " might very his her their your our will can would could should than some when while because any");
    private static final Set<String> DENIALS = words("no not");
    private static final String NEVER = "never";

    /** Without those that lead to what is said of the word before them, as "that" and "which". */
    private static final Set<String> CLAUSE_BEGINNINGS =
            words("and but so because since although though while when if unless until otherwise yet plus");

    private static final Set<String> PREPOSITIONS =
            words("for as with on in at to from when while after because since");
    private static final Set<String> ARTICLES = words("a an the some another more something one my this these two new");
    private static final Set<String> ADVERBS =
            words("also just really only always usually mostly mainly currently recently already actually finally often"
                    + " originally never still first definitely even ended was am were have had been 've 'm");

    private final Cues cues;
    private final Verbs verbs;

    public StatementWriter(Cues cues, Verbs verbs) {
        this.cues = cues;
        this.verbs = verbs;
    }

    /**
     * Writes one statement.
     *
     * @param side whom it is about
     * @param polarity whether the want was met
     * @param evidence the tokens of the evidence
     * @param startsSentence whether the evidence is a sentence's beginning, where a capital means nothing
     * @return 3 to 10 words, or empty if the evidence has no word that may be said or denies more than they would
     */
    public Optional<String> write(Side side, Polarity polarity, List<Token> evidence, boolean startsSentence) {
        List<String> words = neutral(evidence, startsSentence);
        List<String> whole = side == Side.ITEM ? trait(words) : want(words, polarity);
        List<String> statement = trimmed(whole);
        boolean contrary = denials(whole) < denials(evidence)
                || denies(whole.subList(statement.size(), whole.size()))
                || dangles(statement, evidence);
        if (contrary || statement.stream().noneMatch(StatementWriter::says)) {
            return Optional.empty();
        }
        if (statement.size() < WORDS_MIN) {
            statement.add("overall");
        }
        if (statement.size() < WORDS_MIN) {
            statement.add(0, side == Side.ITEM ? "is" : "wants");
        }
        return Optional.of(String.join(" ", statement));
    }

    private long denials(List<Token> evidence) {
        return denials(evidence.stream().map(Token::word).toList());
    }

    private long denials(Collection<String> words) {
        return words.stream().filter(this::isDenial).count();
    }

    private boolean isDenial(String word) {
        return cues.has(word, "negation");
    }

    /** Whether what was cut off would deny what stands before it; in a clause of its own it does not. */
    private boolean denies(List<String> cutOff) {
        return cutOff.stream()
                .takeWhile(word -> !CLAUSE_BEGINNINGS.contains(word))
                .anyMatch(this::isDenial);
    }

    /** Whether it ends in a denial of a name, which is not said. */
    private static boolean dangles(List<String> statement, List<Token> evidence) {
        String last = statement.isEmpty() ? "" : statement.get(statement.size() - 1);
        return DENIALS.contains(last)
                && !evidence.get(evidence.size() - 1).word().equals(last);
    }

    /** Lower case, and without names: capitalised words inside a sentence, and model numbers. */
    private List<String> neutral(List<Token> evidence, boolean startsSentence) {
        List<String> words = new ArrayList<>();
        boolean shouted =
                evidence.stream().filter(Token::isWord).allMatch(t -> t.text().equals(upper(t.text())));
        for (int i = 0; i < evidence.size(); i++) {
            Token token = evidence.get(i);
            boolean escape = i > 0 && evidence.get(i - 1).text().equals("#");
            if (!token.isWord() || escape) {
                continue;
            }
            boolean first = i == 0 ? startsSentence : isStop(evidence.get(i - 1));
            boolean pronoun = token.word().equals("i") || token.word().startsWith("i'");
            boolean shoutedWord = token.text().length() > 3 && token.text().equals(upper(token.text()));
            boolean name = token.isCapitalised()
                    && !first
                    && !shouted
                    && !shoutedWord
                    && !pronoun
                    && cues.of(List.of(token))[0] == 0
                    && verbs.thirdPerson(token.word()).isEmpty();
            boolean model =
                    token.hasDigit() && token.text().chars().anyMatch(Character::isLetter) && token.isCapitalised();
            if (!name && !model) {
                words.add(token.word());
            }
        }
        return words;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static boolean isStop(Token token) {
        return Set.of(".", "!", "?", ":", ";", "\"").contains(token.text());
    }

    private static List<String> trait(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        while (rest.size() > 2 && LEADING.contains(rest.get(0))) {
            rest.remove(0);
        }
        return impersonal(rest);
    }

    private List<String> want(List<String> words, Polarity polarity) {
        List<String> own = ownVerb(words);
        if (!own.isEmpty()) {
            return own;
        }
        List<String> rest = new ArrayList<>(words);
        while (rest.size() > 1 && LEADING.contains(rest.get(0)) && !PREPOSITIONS.contains(rest.get(0))) {
            rest.remove(0);
        }
        if (rest.isEmpty()) {
            return rest;
        }
        String first = rest.get(0);
        List<String> statement = new ArrayList<>();
        if (first.equals("my") || first.equals("our")) {
            statement.add("has");
            rest.set(0, rest.size() > 1 ? article(rest.get(1)) : "a");
        } else if (PREPOSITIONS.contains(first)) {
            statement.add("wants");
            statement.add("it");
        } else if (cues.has(first, "using") && first.endsWith("ing")) {
            statement.add("is");
        } else if (verbs.thirdPerson(first).isPresent()) {
            boolean persons = cues.has(first, "buying") || cues.has(first, "using") || cues.has(first, "need");
            if (!persons) {
                statement.addAll(List.of("wants", "what"));
            }
            rest.remove(0);
            statement.addAll(Arrays.asList(verbs.thirdPerson(first).get().split(" ", -1)));
        } else if (first.endsWith("ed") && !cues.has(first, "praise")) {
            statement.add("has");
        } else if (cues.has(first, "praise") || cues.has(first, "blame") || cues.has(first, "intensifier")) {
            statement.addAll(polarity == Polarity.NEGATIVE ? List.of("finds", "it") : List.of("wants", "something"));
        } else {
            statement.add("wants");
        }
        statement.addAll(rest);
        return impersonal(statement);
    }

    private static String article(String next) {
        return VOWELS.indexOf(next.charAt(0)) >= 0 ? "an" : "a";
    }

    /** From the reviewer's own verb on: after "I" or "we", or at the beginning. */
    private List<String> ownVerb(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean subject = word.equals("i") || word.equals("we");
            int at = subject ? i + 1 : i;
            Optional<String> contracted = contracted(word);
            if (contracted.isPresent()) {
                boolean followed = i + 1 < words.size()
                        && verbs.thirdPerson(words.get(i + 1)).isPresent();
                if (!followed) {
                    return said(contracted.get(), words.subList(i + 1, words.size()));
                }
                at = i + 1;
                subject = true;
            }
            if (!subject && i > 0) {
                continue;
            }
            boolean copula = false;
            while (at < words.size() && ADVERBS.contains(words.get(at))) {
                boolean auxiliary = verbs.thirdPerson(words.get(at)).isPresent();
                if (auxiliary && !(at + 1 < words.size() && leadsToVerb(words, at + 1))) {
                    copula = true;
                    break;
                }
                at++;
            }
            if (at < words.size()) {
                Optional<String> verb = verbs.thirdPerson(words.get(at));
                boolean plainNoun = !subject
                        && !copula
                        && verb.filter(words.get(at)::equals).isPresent();
                if (verb.isPresent() && !plainNoun) {
                    String denial = words.subList(i, at).contains(NEVER) ? NEVER + " " : "";
                    return said(denial + verb.get(), words.subList(at + 1, words.size()));
                }
            }
        }
        return List.of();
    }

    private boolean leadsToVerb(List<String> words, int at) {
        return verbs.thirdPerson(words.get(at)).isPresent() || ADVERBS.contains(words.get(at));
    }

    private static Optional<String> contracted(String word) {
        return switch (word) {
            case "i'm", "im" -> Optional.of("is");
            case "i've", "we've", "ive" -> Optional.of("has");
            case "i'd", "we'd" -> Optional.of("would");
            case "i'll", "we'll" -> Optional.of("will");
            default -> Optional.empty();
        };
    }

    private static List<String> said(String verb, List<String> rest) {
        List<String> statement = new ArrayList<>(Arrays.asList(verb.split(" ", -1)));
        statement.addAll(rest);
        return impersonal(statement);
    }

    private static List<String> impersonal(List<String> words) {
        List<String> statement = new ArrayList<>();
        for (String word : words) {
            switch (word) {
                case "i", "we" -> statement.add("they");
                case "my", "our", "mine" -> statement.add("their");
                case "me", "us", "myself" -> statement.add("them");
                case "i'm", "we're" -> statement.addAll(List.of("they", "are"));
                case "i've", "we've" -> statement.addAll(List.of("they", "have"));
                case "i'd", "we'd" -> statement.addAll(List.of("they", "would"));
                case "i'll", "we'll" -> statement.addAll(List.of("they", "will"));
                default -> statement.add(word);
            }
        }
        return statement;
    }

    private static List<String> trimmed(List<String> words) {
        boolean cut = words.size() > WORDS_MAX;
        List<String> statement = new ArrayList<>(words.subList(0, Math.min(words.size(), WORDS_MAX)));
        while (statement.size() > 1 && isTrimmed(statement.get(statement.size() - 1), cut)) {
            statement.remove(statement.size() - 1);
        }
        return statement;
    }

    /** A denial is worth nothing where the cut took what it denies. */
    private static boolean isTrimmed(String last, boolean cut) {
        return TRAILING.contains(last) || (cut && DENIALS.contains(last));
    }

    private static boolean says(String word) {
        return !LEADING.contains(word)
                && !TRAILING.contains(word)
                && !ARTICLES.contains(word)
                && !DENIALS.contains(word);
    }

    private static Set<String> words(String list) {
        return Set.of(Arrays.stream(list.split(" ", -1)).distinct().toArray(String[]::new));
    }
}
