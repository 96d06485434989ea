package dev.lmmrec.local.endtoend;

import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.sample.Sample.Planted;
import dev.lmmrec.core.sample.Sample.PlantedMotivation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How much of what was planted in the sample came back out.
 *
 * @param planted how many motivations were planted
 * @param found share of them that an extracted one of the same side overlaps
 * @param samePolarity share of them that one of the same polarity overlaps besides
 * @param users share found among the needs of users
 * @param items share found among the traits of items
 * @param right share of the extracted motivations that overlap a planted one of the same side
 * @param byChance share found if each review had been given what was extracted from another one
 * @param samePolarityByChance the same, of the same polarity besides
 * @param closely share of them whose evidence and that of one of the same side have more in common than not
 * @param closelyByChance the same if each review had been given what was extracted from another one
 */
record PlantedShares(
        int planted,
        double found,
        double samePolarity,
        double users,
        double items,
        double right,
        double byChance,
        double samePolarityByChance,
        double closely,
        double closelyByChance) {

    private static final int DRAWS = 20;

    static PlantedShares of(List<Planted> sample, Map<String, ReviewMotivations> rows) {
        Tally all = new Tally();
        Tally samePolarity = new Tally();
        Tally users = new Tally();
        Tally items = new Tally();
        Tally right = new Tally();
        Tally chance = new Tally();
        Tally samePolarityChance = new Tally();
        Tally close = new Tally();
        Tally closeChance = new Tally();
        Random random = new Random(5);
        for (Planted review : sample) {
            List<Found> found = foundIn(review, rows);
            for (PlantedMotivation planted : review.motivations()) {
                boolean hit = found.stream().anyMatch(one -> one.overlaps(planted));
                all.add(hit);
                (planted.side() == Side.USER ? users : items).add(hit);
                samePolarity.add(
                        found.stream().anyMatch(one -> one.overlaps(planted) && one.polarity() == planted.polarity()));
                close.add(found.stream().anyMatch(one -> one.isCloseTo(planted)));
            }
            found.forEach(one -> right.add(review.motivations().stream().anyMatch(one::overlaps)));
            for (int draw = 0; draw < DRAWS; draw++) {
                List<Found> others = foundIn(sample.get(random.nextInt(sample.size())), rows);
                for (PlantedMotivation planted : review.motivations()) {
                    chance.add(others.stream().anyMatch(one -> one.overlaps(planted)));
                    samePolarityChance.add(others.stream()
                            .anyMatch(one -> one.overlaps(planted) && one.polarity() == planted.polarity()));
                    closeChance.add(others.stream().anyMatch(one -> one.isCloseTo(planted)));
                }
            }
        }
        return new PlantedShares(
                all.count,
                all.share(),
                samePolarity.share(),
                users.share(),
                items.share(),
                right.share(),
                chance.share(),
                samePolarityChance.share(),
                close.share(),
                closeChance.share());
    }

    private static List<Found> foundIn(Planted review, Map<String, ReviewMotivations> rows) {
        return rows.get(review.review().reviewId()).motivations().stream()
                .map(Found::of)
                .toList();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "of %d planted motivations %.3f were found (needs of users %.3f, traits of items %.3f; with what was"
                        + " extracted from another review %.3f), %.3f with the same polarity (%.3f), %.3f closely (%.3f);"
                        + " %.3f of the extracted ones were planted",
                planted,
                found,
                users,
                items,
                byChance,
                samePolarity,
                samePolarityByChance,
                closely,
                closelyByChance,
                right);
    }

    private static final class Tally {

        private int count;
        private int hits;

        void add(boolean hit) {
            count++;
            hits += hit ? 1 : 0;
        }

        double share() {
            return count == 0 ? 0 : hits / (double) count;
        }
    }

    /** Where an extracted motivation's evidence lies. */
    private record Found(Side side, Polarity polarity, Field field, int start, int length) {

        static Found of(Motivation motivation) {
            return new Found(
                    motivation.side(),
                    motivation.polarity(),
                    motivation.field(),
                    motivation.start(),
                    motivation.evidence().length());
        }

        boolean overlaps(PlantedMotivation planted) {
            return common(planted) > 0;
        }

        boolean isCloseTo(PlantedMotivation planted) {
            int common = common(planted);
            return 2 * common > length + planted.evidence().length() - common;
        }

        /** How many characters both have; 0 unless side and field are the same. */
        private int common(PlantedMotivation planted) {
            if (side != planted.side() || field != planted.field()) {
                return 0;
            }
            int end = Math.min(
                    start + length, planted.start() + planted.evidence().length());
            return Math.max(0, end - Math.max(start, planted.start()));
        }
    }
}
