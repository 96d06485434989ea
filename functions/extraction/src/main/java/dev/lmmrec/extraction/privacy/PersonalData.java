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
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/**
 * Blots out e-mail addresses, phone numbers, card numbers, postal addresses and handles, character for character: what
 * stands behind them keeps its place, so that offsets into the blotted text hold in the text itself.
 */
public final class PersonalData {

    /** What stands in the place of each character. */
    public static final char BLOT = '*';

    private static final int CARD_DIGITS_MIN = 13;
    private static final int CARD_DIGITS_MAX = 19;

    /** What the numbers of payment cards begin with. */
    private static final String CARD_BEGINNINGS = "23456";

    private static final int PHONE_DIGITS_MIN = 7;

    /** Numbers looked at in one text; a text that consists of numbers is no review. */
    private static final int PHONES_TRIED_MAX = 200;

    private static final String DOT = "(?:\\.|\\(dot\\)|\\[dot\\])";

    private static final Pattern EMAIL = Pattern.compile(
            "[\\p{L}\\p{N}._%+-]{1,64}\\s?(?:@|\\(at\\)|\\[at\\])\\s?" + "(?:[\\p{L}\\p{N}-]{1,63}" + DOT
                    + "){1,4}\\p{L}{2,24}",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HANDLE = Pattern.compile("(?<![\\p{L}\\p{N}_@])@(?=\\w*\\p{L})\\w{2,30}");

    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}(?:[ \\u00a0.-]?\\p{Nd}){12,200}");
    private static final Pattern GROUP = Pattern.compile("\\p{Nd}+");

    /** A plus and a country's code leave no doubt, whatever stands behind. */
    private static final Pattern PHONE_ABROAD = Pattern.compile("(?<![\\p{N}])\\+\\d{1,3}(?:[ ().-]{0,2}\\d){7,13}");

    private static final String STREET_KINDS = "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct"
            + "|square|sq|terrace|place|pl|highway|hwy|parkway|pkwy|crescent";

    /** A house number, one to four names, and the kind of street; a flat and the town's number may follow. */
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\p{L}\\p{N}$€£.])\\d{1,5}[a-zA-Z]?,? "
            + "(?:(?:[NSEW]\\.? )?(?:\\p{Lu}[\\p{L}'’.-]{1,20} |\\d{1,3}(?:st|nd|rd|th) ){1,4}?)"
            + "(?i:" + STREET_KINDS + ")\\b\\.?"
            + "(?i:,? (?:apt|apartment|unit|suite|ste|flat|no)\\.? ?#?\\w{1,5})?"
            + "(?:,? \\p{Lu}[\\p{L}.' -]{1,30},? [A-Z]{2},? \\d{5}(?:-\\d{4})?)?");

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
        blot(HANDLE, text, blotted);
        blotCards(text, blotted);
        blotPhones(text, blotted);
        blot(PHONE_ABROAD, text, blotted);
        blot(ADDRESS, text, blotted);
        blot(ADDRESS_NUMBER_LAST, text, blotted);
        blot(POST_BOX, text, blotted);
        return new String(blotted);
    }

    /** All of them hold a digit or an at: most reviews are done with this one look. */
    private static boolean isTelling(int codePoint) {
        return codePoint == '@' || codePoint == '(' || codePoint == '[' || Character.isDigit(codePoint);
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
                    if (isCard(rows.group().substring(from, to))) {
                        Arrays.fill(blotted, rows.start() + from, rows.start() + to, BLOT);
                    }
                }
            }
        }
    }

    private static boolean isCard(String number) {
        if (number.length() < CARD_DIGITS_MIN || number.length() > 2 * CARD_DIGITS_MAX) {
            return false;
        }
        String digits = digitsOf(number);
        return digits.length() >= CARD_DIGITS_MIN
                && digits.length() <= CARD_DIGITS_MAX
                && CARD_BEGINNINGS.indexOf(digits.charAt(0)) >= 0
                && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits);
    }

    private void blotPhones(String text, char[] blotted) {
        // the tables of numbers are read on first use, which most reviews do without
        if (text.codePoints().filter(Character::isDigit).limit(PHONE_DIGITS_MIN).count() < PHONE_DIGITS_MIN) {
            return;
        }
        Iterable<PhoneNumberMatch> found =
                PhoneNumberUtil.getInstance().findNumbers(text, region, Leniency.VALID, PHONES_TRIED_MAX);
        for (PhoneNumberMatch match : found) {
            Arrays.fill(blotted, match.start(), match.end(), BLOT);
        }
    }

    private static String digitsOf(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints().filter(Character::isDigit).forEach(digit -> digits.append(Character.digit(digit, 10)));
        return digits.toString();
    }
}
