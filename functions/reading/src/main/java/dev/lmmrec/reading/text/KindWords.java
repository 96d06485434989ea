package dev.lmmrec.reading.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what the reviewer calls the thing: the noun that "this" or "these" points at ("this strap", "these heavy
 * strings", "this is a good capo").
 */
public final class KindWords {

    private static final int WORDS_MAX = 3;

    /** Of a longer row of words it is not clear which one is the noun. */
    private static final int RUN_WORDS_MAX = 4;

    private static final Set<String> POINTING = Set.of("this", "these");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the", "my");
    private static final Set<String> EMPTY =
            Set.copyOf(Arrays.asList(("thing things one ones item items product products stuff is are was were"
                            + " will has have had do does did can could would should for to in on at of with and or but so as it its"
                            + " that they you he she we if time times way price money review reviews purchase order brand company"
                            + " seller year years month months week weeks day days reason reasons point case lot bit kind sort size"
                            + " type buy deal quality job value guy guys people because when while just really also very not only"
                            + " much more most better other another all both too than from by about after before out up off"
                            + " over company made works worked work came seems seem looks look sounds sound feels feel fits fit goes"
                            + " got get makes make sell bought level problem issue line model version name title color area room along though although however"
                            + " sum offer even once again before right away back down still well hard fast"
                            + " with without only often ever every each such sometimes otherwise instead anyway"
                            + " own then there here again never always already yet soon")
                    .split(" ", -1)));

    /**
     * Words of grammar and the most frequent verbs, which name nothing. Where one stands behind the noun ("this pedal
     * may hum"), the noun is what stands before it.
     */
    private static final Set<String> FUNCTION_WORDS =
            Set.copyOf(Arrays.asList(("a an the this these those some any no none"
                            + " either neither my your yours his her hers our ours their theirs whose i me him them us"
                            + " myself yourself yourselves himself herself itself ourselves themselves who whom which what whatever"
                            + " whichever anyone anybody anything anywhere everyone everybody everything everywhere someone"
                            + " somebody something somewhere nothing nobody may might must shall ought cannot dont doesnt didnt"
                            + " wont cant couldnt wouldnt shouldnt isnt wasnt since until till unless whether why how whenever"
                            + " wherever where whereas except than nor yet besides despite during between among against"
                            + " under above below behind beside beyond near through throughout toward towards into onto upon"
                            + " within across along around via per due now today tonight tomorrow yesterday thus hence maybe"
                            + " perhaps almost quite rather too indeed else elsewhere together apart alone aside"
                            + " enough alot am be being having doing give gives gave given giving come comes coming try tries"
                            + " tried trying say says said saying tell tells told think thinks thought thinking know knows knew known"
                            + " knowing see sees saw seen seeing take takes took taken taking put puts keep keeps kept let lets"
                            + " want wants wanted wanting need needs needed go going gone went become becomes became tend"
                            + " tends mean means meant ask asked using seemed wondering considering")
                    .split(" ", -1)));

    /** Words that may stand before the noun but are none. */
    private static final Set<String> ADJECTIVES =
            Set.copyOf(Arrays.asList(("little new old same best first second third"
                            + " last next straight weird particular specific several many few fewer less two three four five six"
                            + " seven eight nine ten eleven twelve dozen hundred thousand half double")
                    .split(" ", -1)));

    private final Cues cues;

    public KindWords(Cues cues) {
        this.cues = cues;
    }

    /** At most three nouns in lower case, the most said first. */
    public List<String> of(List<Sentence> sentences) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Sentence sentence : sentences) {
            List<Token> tokens = sentence.tokens();
            for (int i = 0; i + 1 < tokens.size(); i++) {
                if (POINTING.contains(tokens.get(i).word())) {
                    nounFrom(tokens, i + 1).ifPresent(noun -> counts.merge(noun, 1, Integer::sum));
                }
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(WORDS_MAX)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<String> nounFrom(List<Token> tokens, int from) {
        int at = from;
        boolean copula =
                tokens.get(at).word().equals("is") || tokens.get(at).word().equals("are");
        if (copula) {
            at++;
            boolean article =
                    at < tokens.size() && ARTICLES.contains(tokens.get(at).word());
            if (!article) {
                return Optional.empty();
            }
            at++;
        }
        List<String> run = new ArrayList<>();
        while (at < tokens.size() && belongsToRun(tokens.get(at))) {
            run.add(tokens.get(at).word());
            at++;
        }
        boolean ends = at == tokens.size() || !tokens.get(at).isCapitalised();
        if (run.isEmpty() || run.size() > RUN_WORDS_MAX || !ends) {
            return Optional.empty();
        }
        return Optional.of(nounOf(run, tokens.get(from - 1).word().equals("these")))
                .filter(this::isNoun);
    }

    /**
     * A verb may follow the noun: one thing is no word in -s and many things are ("this kettle boils", "these boots
     * fit").
     */
    private static String nounOf(List<String> run, boolean many) {
        String noun = many ? run.get(run.size() - 1) : "";
        for (String word : run) {
            boolean plural = word.endsWith("s") && !word.endsWith("ss");
            if (many && plural) {
                return word;
            }
            if (!many && plural) {
                break;
            }
            noun = many ? noun : word;
        }
        return noun;
    }

    private static boolean belongsToRun(Token token) {
        return token.isWord()
                && !token.isCapitalised()
                && !token.hasDigit()
                && !EMPTY.contains(token.word())
                && !FUNCTION_WORDS.contains(token.word());
    }

    private boolean isNoun(String word) {
        return word.length() > 2
                && !ADJECTIVES.contains(word)
                && !word.contains("'")
                && !word.endsWith("ly")
                && !word.endsWith("ed")
                && !cues.has(word, "praise")
                && !cues.has(word, "blame")
                && !cues.has(word, "intensifier")
                && !cues.has(word, "first-person");
    }
}
