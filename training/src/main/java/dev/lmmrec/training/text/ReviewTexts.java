package dev.lmmrec.training.text;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.reason.Want;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.words.WordTexts;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/**
 * What the reviews that may be looked at say of users and items, as vectors (profiles, single training pairs,
 * motivations) and as words.
 *
 * @param sides the profiles' text vectors
 * @param pairs the sums behind them, from which a pair's own review can be left out
 * @param userMotives the users' motivations
 * @param itemMotives the items' motivations
 * @param words the reviews' words
 * @param wants what each user is after, in the order of the users
 */
public record ReviewTexts(
        TextSides sides,
        PairTexts pairs,
        Motives userMotives,
        Motives itemMotives,
        WordTexts words,
        List<List<Want>> wants) {

    private static final int CHUNK = 1 << 14;

    /** Copies the lists. */
    public ReviewTexts {
        wants = wants.stream().map(List::copyOf).toList();
    }

    /**
     * What may be looked at while pairs are held out: no row of a held-out pair takes part in anything.
     *
     * @param dataset the rows
     * @param split says what is held out
     * @return the texts
     */
    public static ReviewTexts without(Dataset dataset, Split split) {
        return of(
                dataset, split.train(), TextSides.openRows(dataset, split), TextSides.profilesWithout(dataset, split));
    }

    /**
     * All reviews, as a deployment has them.
     *
     * @param dataset the rows
     * @return the texts
     */
    public static ReviewTexts of(Dataset dataset) {
        return of(dataset, dataset.interactions(), dataset.rows(), TextSides.profilesOf(dataset));
    }

    /**
     * Vectors of pairs alone, without motivations and words.
     *
     * @param sides the profiles' text vectors
     * @param pairs the sums
     * @param train the training pairs
     * @return the texts
     */
    public static ReviewTexts of(TextSides sides, PairTexts pairs, Interactions train) {
        return new ReviewTexts(
                sides,
                pairs,
                Motives.none(train.users()),
                Motives.none(train.items()),
                WordTexts.silent(train),
                Collections.nCopies(train.users(), List.of()));
    }

    /**
     * Nobody says anything.
     *
     * @param train the training pairs
     * @return the texts
     */
    public static ReviewTexts silent(Interactions train) {
        return of(
                TextSides.of(
                        new float[train.users() * Dataset.TEXT_WIDTH], new float[train.items() * Dataset.TEXT_WIDTH]),
                PairTexts.none(),
                train);
    }

    private static ReviewTexts of(
            Dataset dataset,
            Interactions train,
            Collection<ReviewMotivations> rows,
            Map<ProfileKey, Profile> profiles) {
        return new ReviewTexts(
                TextSides.of(dataset, profiles),
                PairTexts.of(dataset, train, rows),
                Motives.of(dataset.users(), dataset.items(), ProfileKey::user, profiles),
                Motives.of(dataset.items(), dataset.users(), ProfileKey::item, profiles),
                WordTexts.of(dataset, train, rows),
                dataset.users().stream()
                        .map(id -> Optional.ofNullable(profiles.get(ProfileKey.user(id)))
                                .map(profile -> Want.of(profile, Optional.empty()))
                                .orElse(List.of()))
                        .toList());
    }

    /**
     * Whether there is anything to learn from.
     *
     * @return false if there are neither sentence vectors nor words
     */
    public boolean present() {
        return sides.usersWithText() > 0 || words.present();
    }

    /**
     * Tells other texts apart by all that training reads of them; nobody tries to forge it.
     *
     * @return equal for equal vectors, motivations and words
     */
    public String fingerprint() {
        CRC32 crc = new CRC32();
        add(sides.userMatrix(), crc);
        add(sides.itemMatrix(), crc);
        add(pairs.own(), crc);
        add(pairs.userSums(), crc);
        add(pairs.itemSums(), crc);
        userMotives.addTo(crc);
        itemMotives.addTo(crc);
        words.addTo(crc);
        return "CRC " + Long.toHexString(crc.getValue());
    }

    /** By chunks: the vectors of all pairs are large enough without a copy. */
    static void add(float[] numbers, Checksum sum) {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            bytes.asFloatBuffer().put(numbers, from, count);
            sum.update(bytes.array(), 0, count * Float.BYTES);
        }
    }

    /**
     * Whether anybody is known to be after something.
     *
     * @return false if no user has a motive with a vector
     */
    public boolean anyWants() {
        return wants.stream().anyMatch(own -> !own.isEmpty());
    }
}
