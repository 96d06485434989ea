package dev.lmmrec.core.profile;

import dev.lmmrec.core.motivation.Polarity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A profile in words: the kind of thing, then the statements of wants that were met and of plain needs, heaviest first,
 * then after {@code but:} those of wants that were not met, heaviest first; semicolons between them, cut at
 * {@value #LENGTH_MAX} characters. It depends on nothing but the merged profile, and so not on the order of deliveries.
 */
final class ProfileText {

    /** The longest text, in characters. */
    static final int LENGTH_MAX = 2_000;

    private static final String BUT = "but: ";

    private ProfileText() {}

    /**
     * Writes a profile.
     *
     * @param kind words for the kind of thing
     * @param motivations heaviest first
     * @return the text, possibly empty
     */
    static String of(List<String> kind, List<ProfileMotivation> motivations) {
        String met =
                Stream.concat(kind.stream(), statements(motivations, false)).collect(Collectors.joining("; "));
        String missed = statements(motivations, true).collect(Collectors.joining("; "));
        String text = missed.isEmpty() ? met : met + (met.isEmpty() ? "" : "; ") + BUT + missed;
        if (text.length() <= LENGTH_MAX) {
            return text;
        }
        // never between the two halves of a surrogate pair
        return text.substring(0, Character.isHighSurrogate(text.charAt(LENGTH_MAX - 1)) ? LENGTH_MAX - 1 : LENGTH_MAX);
    }

    private static Stream<String> statements(List<ProfileMotivation> motivations, boolean missed) {
        return motivations.stream()
                .filter(motivation -> (motivation.polarity() == Polarity.NEGATIVE) == missed)
                .map(ProfileMotivation::statement);
    }
}
