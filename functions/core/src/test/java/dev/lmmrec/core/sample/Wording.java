package dev.lmmrec.core.sample;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How one user writes.
 *
 * @param length from 0 (a line) to 2 (a story)
 * @param lowerCase never uses the shift key
 * @param keen ends sentences with exclamation marks
 * @param careless makes typing mistakes
 * @param dash likes dashes
 * @param leniency added to each rating
 */
record Wording(int length, boolean lowerCase, boolean keen, boolean careless, boolean dash, double leniency) {

    private static final List<String[]> SLIPS = List.of(
            new String[] {"definitely", "definately"},
            new String[] {"really", "realy"},
            new String[] {"because", "becuase"},
            new String[] {"weight", "wieght"},
            new String[] {"comfortable", "comfortabel"},
            new String[] {"weekend", "weeknd"},
            new String[] {"recommended", "recomended"},
            new String[] {"recommend", "recomend"},
            new String[] {"the ", "teh "},
            new String[] {"don't", "dont"},
            new String[] {"can't", "cant"},
            new String[] {"I'm", "Im"},
            new String[] {"needed", "neded"},
            new String[] {"expensive", "expensiv"},
            new String[] {"disappointed", "dissapointed"},
            new String[] {"minutes", "mintues"},
            new String[] {"without", "witout"},
            new String[] {"again", "agian"},
            new String[] {"before", "befor"},
            new String[] {"bought", "bougth"},
            new String[] {"enough", "enogh"});

    static Wording draw(Random random) {
        int style = random.nextInt(20);
        return new Wording(
                random.nextInt(4) == 0 ? 0 : random.nextInt(10) < 6 ? 1 : 2,
                style < 3,
                style == 3 || style == 4,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                (random.nextInt(9) - 4) / 10.0);
    }

    /** Ends a sentence. */
    String end(Random random) {
        if (keen && random.nextInt(2) == 0) {
            return random.nextInt(4) == 0 ? "!!" : "!";
        }
        return !keen && random.nextInt(25) == 0 ? "!" : ".";
    }

    /** Gives a whole text this user's letters: case and slips. */
    String inOwnHand(String text, Random random) {
        String own = text;
        if (careless && random.nextInt(10) < 7) {
            int first = random.nextInt(SLIPS.size());
            for (int i = 0; i < 7; i++) {
                String[] slip = SLIPS.get((first + i) % SLIPS.size());
                if (own.contains(slip[0])) {
                    own = own.replaceFirst(slip[0], slip[1]);
                    break;
                }
            }
        }
        if (lowerCase) {
            own = own.toLowerCase(Locale.ROOT);
            if (own.endsWith(".") && random.nextInt(2) == 0) {
                own = own.substring(0, own.length() - 1);
            }
        }
        return own;
    }
}
