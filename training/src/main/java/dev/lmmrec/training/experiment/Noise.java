package dev.lmmrec.training.experiment;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.data.ReviewText;
import dev.lmmrec.training.data.Shuffle;
import dev.lmmrec.training.data.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is corrupted before training; what is held out stays as it is.
 *
 * @param kind what
 * @param share how much of it, 0 to 1
 */
public record Noise(Kind kind, double share) {

    /** Nothing is corrupted. */
    public static final Noise NOTHING = new Noise(Kind.NOTHING, 0);

    /** What can be corrupted. */
    public enum Kind {
        /** Nothing. */
        NOTHING,
        /** Training interactions are replaced by items that the user never met. */
        INTERACTIONS,
        /** Reviews that may be read swap their words, motivations and vectors with each other. */
        TEXT
    }

    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is outside 0 to 1
     */
    public Noise {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of noise is " + share + ", must be from 0 to 1");
        }
    }

    /**
     * Corrupts a task.
     *
     * @param task as it is
     * @param seed repeats what is drawn
     * @return the corrupted task, of the same users, items and held-out interactions
     */
    Task corrupt(Task task, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + kind.name().hashCode());
        return switch (kind) {
            case NOTHING -> task;
            case INTERACTIONS -> new Task(withStrangers(task.split(), random), task.dataset());
            case TEXT -> new Task(task.split(), task.dataset().map(dataset -> swapped(dataset, task.split(), random)));
        };
    }

    private Split withStrangers(Split split, SplittableRandom random) {
        Interactions train = split.train();
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < train.users(); user++) {
            int met = train.countOf(user)
                    + split.validation().countOf(user)
                    + split.test().countOf(user);
            for (int item : train.itemsOf(user)) {
                boolean replaced = random.nextDouble() < share && met < train.items();
                pairs.add(new Pair(user, replaced ? stranger(user, split, random) : item));
            }
        }
        return new Split(Interactions.of(train.users(), train.items(), pairs), split.validation(), split.test());
    }

    private static int stranger(int user, Split split, SplittableRandom random) {
        int item;
        do {
            item = random.nextInt(split.train().items());
        } while (split.train().contains(user, item) || split.holdsOut(user, item));
        return item;
    }

    /** Only among reviews that may be read, or the words of a held-out review would come into play. */
    private Dataset swapped(Dataset dataset, Split split, SplittableRandom random) {
        List<ReviewMotivations> chosen = new ArrayList<>();
        for (ReviewText review : dataset.reviewsWithout(split)) {
            if (random.nextDouble() < share) {
                chosen.add(review.row());
            }
        }
        // a random order, each getting the words of the next, leaves nobody with his own
        Shuffle.of(chosen, random);
        Map<String, ReviewMotivations> next = new HashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            next.put(chosen.get(i).reviewId(), chosen.get((i + 1) % chosen.size()));
        }
        List<ReviewMotivations> rows = dataset.rows().stream()
                .map(row -> next.containsKey(row.reviewId()) ? spoken(row, next.get(row.reviewId())) : row)
                .toList();
        return dataset.withRows(rows, dataset.encoderIdOrNull());
    }

    private static ReviewMotivations spoken(ReviewMotivations row, ReviewMotivations words) {
        Review own = row.review();
        Review review = new Review(
                own.reviewId(),
                own.userId(),
                own.itemId(),
                own.rating(),
                own.time(),
                words.review().title(),
                words.review().text(),
                own.source());
        return ReviewMotivations.of(
                        review,
                        row.receivedAt(),
                        words.extractorId(),
                        words.motivations(),
                        words.kind(),
                        words.dropped())
                .withVectors(words.vectorsOrNull());
    }
}
