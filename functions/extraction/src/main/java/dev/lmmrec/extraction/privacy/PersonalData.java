package dev.lmmrec.extraction.privacy;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import dev.lmmrec.core.review.Review;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/**
 * Blots out e-mail addresses, phone numbers, numbers of cards, bank accounts (IBAN) and US social security, postal
 * addresses and handles, character for character: what stands behind them keeps its place, so that offsets into the
 * blotted text hold in the text itself.
 */
public final class PersonalData {

    /** What stands in the place of each character. */
    public static final char BLOT = '*';

    private static final int CARD_DIGITS_MIN = 13;
    private static final int CARD_DIGITS_MAX = 19;

    /** What the numbers of payment cards begin with, and no year. */
    private static final Pattern CARD_BEGINNING = Pattern.compile("(?:2[2-7]|3[04-9]|[456]).*");

    /** As cards are printed; other numbers in a row, as prices or gauges of strings, are of other lengths. */
    private static final Pattern CARD_GROUPS = Pattern.compile("4,4,4,4(?:,[1-3])?|4,6,[45]");

    private static final int CARD_GAP_MAX = 3;

    private static final int PHONE_DIGITS_MIN = 7;

    /** Numbers looked at in one text; a text that consists of numbers is no review. */
    private static final int PHONES_TRIED_MAX = 200;

    private static final String AT = "(?:[@\uff20]\\s?|\\s[@\uff20]\\s|\\s{0,2}[(\\[{]\\s?at\\s?[)\\]}]\\s{0,2})";
    private static final String DOT = "(?:[.\uff0e]|\\s{0,2}[(\\[{]\\s?(?:dot|\\.)\\s?[)\\]}]\\s{0,2})";
    private static final String LOCAL_PART = "[\\p{L}\\p{N}._%+-]{1,64}";
    private static final String LABEL = "[\\p{L}\\p{N}-]{1,63}";

    private static final Pattern EMAIL =
            Pattern.compile(LOCAL_PART + AT + "(?:" + LABEL + DOT + "){1,12}\\p{L}{2,24}", Pattern.CASE_INSENSITIVE);

    /**
     * A blank before the at may stand before a handle, one behind the dot at a sentence's end ("sold @home. Great"), so
     * that only known endings count, without those that are words.
     */
    private static final Pattern EMAIL_WITH_BLANK = Pattern.compile(
            LOCAL_PART + "\\s?[@\uff20](?:" + LABEL + "\\s?[.\uff0e]\\s?){1,12}"
                    + "(?:com|org|net|edu|gov|info|biz|co|uk|ca|au|de|fr|nl|eu)\\b",
            Pattern.CASE_INSENSITIVE);

    /** What "@60fps" or "@1080p" is measured in. */
    private static final String UNITS =
            "fps|[pixkvwas]|[mk]?hz|ghz|[kmg]?bps|[kmg]b|bits?|db|bpm|rpm|mm|cm|ft|in|inch|lbs?|oz|kg"
                    + "|[mk]?v|m?ah?|ohms?|ms|sec|min|hrs?|am|pm|pcs?|ea|each|st|nd|rd|th";

    private static final Pattern HANDLE =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_@\uff20])[@\uff20]" + "(?!(?i:\\d+(?:[.,/-]\\d+)?(?:" + UNITS
                    + ")\\b))(?=[\\p{N}_.-]*\\p{L})[\\p{L}\\p{M}\\p{N}_](?:[.-]?[\\p{L}\\p{M}\\p{N}_]){1,29}");

    private static final String CARD_GAP = "[\\s\\p{Z}\\p{Pd}\u2212._/,]{0," + CARD_GAP_MAX + "}";
    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}(?:" + CARD_GAP + "\\p{Nd}){12,200}");
    private static final Pattern DIGITS_CLOSE_TOGETHER = Pattern.compile("\\p{Nd}(?:[ \u00a0.-]?\\p{Nd})*");
    private static final Pattern GROUP = Pattern.compile("\\p{Nd}+");

    /** A plus and a country's code leave no doubt, whatever stands behind. */
    private static final Pattern PHONE_ABROAD = Pattern.compile("(?<![\\p{N}])\\+\\d{1,3}(?:[ ().-]{0,2}\\d){7,13}");

    /** In place of the plus; the number behind it must be a valid one, since item numbers begin with zeros as well. */
    private static final Pattern ZEROS_ABROAD = Pattern.compile("(?<![\\p{N}.,:+-])00(?=[ .-]?[1-9])");

    private static final Pattern IBAN =
            Pattern.compile("(?<![\\p{L}\\p{N}])[A-Za-z]{2}\\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}");
    private static final int IBAN_LENGTH_MIN = 15;

    private static final Pattern SOCIAL_SECURITY = Pattern.compile(
            "(?<![\\p{N}\\p{Pd}])(?!000|666|9)\\d{3}(\\p{Pd})(?!00)\\d{2}\\1(?!0000)\\d{4}(?![\\p{N}\\p{Pd}])");

    private static final String STREET_KINDS =
            "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|terrace|highway|hwy" + "|parkway|pkwy|crescent";

    /** Kinds of street that are other things as well: a drive of a computer, a way to do it. */
    private static final String STREET_OR_THING_KINDS =
            "drive|dr|court|ct|square|sq|place|pl|way|circle|cir|close|grove";

    private static final String STREET_KINDS_IN_LOWER_CASE =
            "street|avenue|road|boulevard|lane|terrace|highway|parkway|crescent";

    /** What is counted or measured, and words of grammar: a number before them numbers no house. */
    private static final String NO_STREET =
            "[kmgt]b|[mg]bps|usb|ssd|hdd|gigs?|megs?|[ap]\\.?m|k?hz|mm|cm|km|inch(?:es)?|f(?:oo|ee)t"
                    + "|yards?|miles?|lbs?|pounds?|oz|volts?|watts?|ohms?|amps?|bits?|stars?|thumbs?|minutes?|mins?|hours?|hrs?"
                    + "|days?|weeks?|months?|years?|yrs?|times?|dollars?|bucks?|cents?|percent|strings?|frets?|gauges?|guitars?"
                    + "|bass|picks?|pedals?|knobs?|buttons?|channels?|bands?|speeds?|pieces?|pcs|packs?|sets?|pairs?|people|guys|things"
                    + "|up|down|in|out|on|off|all|any|of|to|at|by|for|from|with|without|and|or|but|if|as|than|is|are|was|were"
                    + "|be|has|have|had|it|its|i|my|your|our|his|her|their|this|that|these|those|a|an|so|too|very|more|most|much"
                    + "|many|some|no|not|only|just|per|each|every|other|another|different|same|such|which|when|plus|lane|road";

    private static final String NO_STREET_OR_THING = "hard|flash|thumb|disk|disc|disks|tape|external|internal|test|over"
            + "|tube|blues|super|drum|vocal|great|good|nice|best|better|perfect|easy|right|wrong|safe|one|two|stop|really"
            + "|pretty|fairly|long|whole|full|half|first";

    private static final String NO_STREET_IN_LOWER_CASE = "good|great|nice|best|long|busy|quiet|dirt|gravel|wet|new|old"
            + "|one|two|way|odd|plus|or|hard|rough|city|whole|full|first";

    private static final String FLAT =
            "(?i:,? (?:apt|apartment|unit|suite|ste|flat|no)\\.? ?#?(?:\\d\\w{0,4}|[a-z]\\d{0,4})\\b)?";

    private static String house(int digitsMin) {
        return "(?<![\\p{L}\\p{N}$€£.])\\d{" + digitsMin + ",5}(?:[-\u2013/]\\d{1,5})?[a-zA-Z]?,? ";
    }

    /** A full stop inside ends a sentence ("4 Stars. Place was great"), but for initials and a few abbreviations. */
    private static String streetName(String no) {
        return "(?:(?!(?i:" + no + ")\\b)(?:\\p{Lu}[\\p{L}'’-]{1,20}|(?:\\p{Lu}\\.){1,3}|(?:St|Mt|Ft|Pt|Dr)\\.)"
                + "|\\d{1,3}(?:st|nd|rd|th)) ";
    }

    /** A house number, one to four names, and the kind of street; a flat and the town's number may follow. */
    private static final Pattern ADDRESS = Pattern.compile(house(1)
            + "(?:[NSEW]\\.? )?(?:(?:" + streetName(NO_STREET) + "){1,4}?(?i:" + STREET_KINDS + ")"
            + "|(?:" + streetName(NO_STREET + "|" + NO_STREET_OR_THING) + "){1,4}?(?i:" + STREET_OR_THING_KINDS + "))"
            + "\\b\\.?" + FLAT
            + "(?:,? \\p{Lu}[\\p{L}.' -]{1,30},? [A-Z]{2},? \\d{5}(?:-\\d{4})?)?");

    /**
     * In lower case less is sure: a number of two digits at least, one or two names, and a kind that is written out.
     */
    private static final Pattern ADDRESS_IN_LOWER_CASE = Pattern.compile(house(2)
            + "(?:(?!(?:" + NO_STREET + "|" + NO_STREET_IN_LOWER_CASE + ")\\b)[\\p{Ll}'’-]{2,20} ){1,2}"
            + "(?:" + STREET_KINDS_IN_LOWER_CASE + ")\\b" + FLAT);

    /** The street before its number, as in German, Dutch, Italian or Spanish. */
    private static final Pattern ADDRESS_NUMBER_LAST =
            Pattern.compile("(?:\\p{Lu}\\p{L}{2,25}(?:straße|strasse|str\\.|gasse|weg|platz|allee|straat|laan)"
                    + "|(?:Via|Viale|Calle|Avenida|Rue|Rua) (?:\\p{L}{2,15} ){0,3}\\p{Lu}\\p{L}{2,20},?)"
                    + " \\d{1,4}[a-z]?\\b(?:,? (?:[A-Z]-)?\\d{4,5} \\p{Lu}\\p{L}{2,25})?");

    private static final Pattern POST_BOX = Pattern.compile("(?i)\\bp\\.? ?o\\.? box ?#?\\d{1,7}\\b");

    private final String region;

    /**
     * Makes the blotter.
     *
     * @param region the country, in two letters, whose phone numbers are written without a country code
     * @throws IllegalArgumentException if no such country has phone numbers
     */
    public PersonalData(String region) {
        this.region = region.strip().toUpperCase(Locale.ROOT);
        if (!this.region.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("phone region '" + region + "' must be a country in two letters, as US");
        }
    }

    /**
     * Blots out of a review's title and text.
     *
     * @param review any review
     * @return the review that everybody else may see
     */
    public Review blot(Review review) {
        return new Review(
                review.reviewId(),
                review.userId(),
                review.itemId(),
                review.rating(),
                review.time(),
                blot(review.title()),
                blot(review.text()),
                review.source());
    }

    /**
     * Blots a text.
     *
     * @param text any text
     * @return a text of the same length, equal but for the blots
     */
    public String blot(String text) {
        if (text.codePoints().noneMatch(PersonalData::isTelling)) {
            return text;
        }
        char[] blotted = text.toCharArray();
        blot(EMAIL, text, blotted);
        blot(EMAIL_WITH_BLANK, text, blotted);
        blot(HANDLE, text, blotted);
        blotCards(text, blotted);
        blotPhones(text, blotted);
        blot(PHONE_ABROAD, text, blotted);
        blotAccounts(text, blotted);
        blot(SOCIAL_SECURITY, text, blotted);
        blot(ADDRESS, text, blotted);
        blot(ADDRESS_IN_LOWER_CASE, text, blotted);
        blot(ADDRESS_NUMBER_LAST, text, blotted);
        blot(POST_BOX, text, blotted);
        return new String(blotted);
    }

    /** All of them hold a digit or an at: most reviews are done with this one look. */
    private static boolean isTelling(int codePoint) {
        return "@\uff20([{".indexOf(codePoint) >= 0 || Character.isDigit(codePoint);
    }

    private static void blot(Pattern pattern, String text, char[] blotted) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            Arrays.fill(blotted, matcher.start(), matcher.end(), BLOT);
        }
    }

    /** A card's number may stand in a row of others: every part of the row between two gaps is tried. */
    private static void blotCards(String text, char[] blotted) {
        Matcher rows = DIGITS.matcher(text);
        while (rows.find()) {
            List<MatchResult> groups = GROUP.matcher(rows.group()).results().toList();
            for (int first = 0; first < groups.size(); first++) {
                int from = groups.get(first).start();
                for (int last = first; last < groups.size(); last++) {
                    int to = groups.get(last).end();
                    if (isCard(rows.group().substring(from, to), groups.subList(first, last + 1))) {
                        Arrays.fill(blotted, rows.start() + from, rows.start() + to, BLOT);
                    }
                }
            }
        }
    }

    private static boolean isCard(String number, List<MatchResult> groups) {
        if (number.length() < CARD_DIGITS_MIN || number.length() > CARD_DIGITS_MAX * (CARD_GAP_MAX + 1)) {
            return false;
        }
        String digits = digitsOf(number);
        return digits.length() >= CARD_DIGITS_MIN
                && digits.length() <= CARD_DIGITS_MAX
                && CARD_BEGINNING.matcher(digits).matches()
                && (DIGITS_CLOSE_TOGETHER.matcher(number).matches() || isGroupedAsCard(groups))
                && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits);
    }

    private static boolean isGroupedAsCard(List<MatchResult> groups) {
        String lengths = groups.stream()
                .map(group -> Integer.toString(group.group().length()))
                .collect(Collectors.joining(","));
        return CARD_GROUPS.matcher(lengths).matches();
    }

    /** A word may stand before or behind the number that looks like a part of it: the longest valid part counts. */
    private static void blotAccounts(String text, char[] blotted) {
        Matcher matcher = IBAN.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            int end = matcher.end();
            while (end - matcher.start() >= IBAN_LENGTH_MIN && !isAccount(text.substring(matcher.start(), end))) {
                end--;
            }
            boolean found = end - matcher.start() >= IBAN_LENGTH_MIN;
            if (found) {
                Arrays.fill(blotted, matcher.start(), end, BLOT);
            }
            from = found ? end : matcher.start() + 1;
        }
    }

    private static boolean isAccount(String number) {
        return Character.isLetterOrDigit(number.charAt(number.length() - 1))
                && IBANValidator.getInstance()
                        .isValid(number.replaceAll("[ \u00a0-]", "").toUpperCase(Locale.ROOT));
    }

    private void blotPhones(String text, char[] blotted) {
        // the tables of numbers are read on first use, which most reviews do without
        if (text.codePoints().filter(Character::isDigit).limit(PHONE_DIGITS_MIN).count() < PHONE_DIGITS_MIN) {
            return;
        }
        for (PhoneNumberMatch match : phonesIn(text)) {
            Arrays.fill(blotted, match.start(), match.end(), BLOT);
        }
        // of the same length, so that the places are those of the text
        String withPlus = ZEROS_ABROAD.matcher(text).replaceAll(" +");
        if (!withPlus.equals(text)) {
            for (PhoneNumberMatch match : phonesIn(withPlus)) {
                boolean zeros = text.charAt(match.start()) == '0' && withPlus.charAt(match.start()) == '+';
                Arrays.fill(blotted, zeros ? match.start() - 1 : match.start(), match.end(), BLOT);
            }
        }
    }

    private Iterable<PhoneNumberMatch> phonesIn(String text) {
        return PhoneNumberUtil.getInstance().findNumbers(text, region, Leniency.VALID, PHONES_TRIED_MAX);
    }

    private static String digitsOf(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints().filter(Character::isDigit).forEach(digit -> digits.append(Character.digit(digit, 10)));
        return digits.toString();
    }
}
