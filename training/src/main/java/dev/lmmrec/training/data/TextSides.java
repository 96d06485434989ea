package dev.lmmrec.training.data;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The text vectors of users and items, as their profiles have them; some users or items may have none. */
public final class TextSides {

    private final List<DenseVector> users;
    private final List<DenseVector> items;

    private TextSides(List<DenseVector> users, List<DenseVector> items) {
        this.users = users;
        this.items = items;
    }

    /**
     * The profiles that one may look at while pairs are held out: merged from every row but those of held-out pairs,
     * whatever their rating.
     *
     * @param dataset the rows
     * @param split says which pairs are held out
     * @return the profiles by key
     */
    public static Map<ProfileKey, Profile> profilesWithout(Dataset dataset, Split split) {
        return merge(openRows(dataset, split));
    }

    /**
     * The rows that one may look at while pairs are held out. Everything that is made of text for training or for
     * choosing starts from these.
     *
     * @param dataset the rows
     * @param split says which pairs are held out
     * @return the open rows
     */
    public static List<ReviewMotivations> openRows(Dataset dataset, Split split) {
        return dataset.reviewsWithout(split).stream().map(ReviewText::row).toList();
    }

    /**
     * The profiles of all rows, as a deployment has them.
     *
     * @param dataset the rows
     * @return the profiles by key
     */
    public static Map<ProfileKey, Profile> profilesOf(Dataset dataset) {
        return merge(dataset.rows());
    }

    /**
     * Takes the text vectors off profiles.
     *
     * @param dataset says which users and items there are
     * @param profiles the profiles
     * @return the vectors in the order of the data set's indices
     */
    public static TextSides of(Dataset dataset, Map<ProfileKey, Profile> profiles) {
        List<DenseVector> users = new ArrayList<>();
        for (String id : dataset.users()) {
            users.add(vectorOf(profiles.get(ProfileKey.user(id))));
        }
        List<DenseVector> items = new ArrayList<>();
        for (String id : dataset.items()) {
            items.add(vectorOf(profiles.get(ProfileKey.item(id))));
        }
        return new TextSides(users, items);
    }

    /**
     * Takes text vectors as they are.
     *
     * @param users {@code [U, 384]} flat; a row of zeros says that there is no text
     * @param items {@code [n, 384]} flat, likewise
     * @return the vectors
     */
    public static TextSides of(float[] users, float[] items) {
        return new TextSides(rows(users), rows(items));
    }

    private static List<DenseVector> rows(float[] matrix) {
        List<DenseVector> rows = new ArrayList<>();
        for (int from = 0; from < matrix.length; from += Dataset.TEXT_WIDTH) {
            float[] row = Arrays.copyOfRange(matrix, from, from + Dataset.TEXT_WIDTH);
            boolean silent = true;
            for (float x : row) {
                silent &= x == 0;
            }
            rows.add(silent ? null : DenseVector.of(row));
        }
        return rows;
    }

    /**
     * How many users have text.
     *
     * @return the count
     */
    public long usersWithText() {
        return users.stream().filter(Objects::nonNull).count();
    }

    /**
     * Whether a user has text.
     *
     * @param user the user's index
     * @return true if so
     */
    public boolean hasUser(int user) {
        return users.get(user) != null;
    }

    /**
     * Whether an item has text.
     *
     * @param item the item's index
     * @return true if so
     */
    public boolean hasItem(int item) {
        return items.get(item) != null;
    }

    /**
     * The users' vectors, row by row.
     *
     * @return {@code [U, 384]} flat; zeros where there is no text
     */
    public float[] userMatrix() {
        return flat(users);
    }

    /**
     * The items' vectors, row by row.
     *
     * @return {@code [n, 384]} flat; zeros where there is no text
     */
    public float[] itemMatrix() {
        return flat(items);
    }

    private static float[] flat(List<DenseVector> vectors) {
        float[] matrix = new float[vectors.size() * Dataset.TEXT_WIDTH];
        for (int i = 0; i < vectors.size(); i++) {
            if (vectors.get(i) != null) {
                System.arraycopy(vectors.get(i).toArray(), 0, matrix, i * Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH);
            }
        }
        return matrix;
    }

    private static DenseVector vectorOf(Profile profile) {
        return profile == null ? null : profile.textVector();
    }

    private static Map<ProfileKey, Profile> merge(List<ReviewMotivations> rows) {
        Map<ProfileKey, List<ReviewMotivations>> rowsOf = new LinkedHashMap<>();
        for (ReviewMotivations row : rows) {
            rowsOf.computeIfAbsent(ProfileKey.user(row.review().userId()), key -> new ArrayList<>())
                    .add(row);
            rowsOf.computeIfAbsent(ProfileKey.item(row.review().itemId()), key -> new ArrayList<>())
                    .add(row);
        }
        ProfileMerge merge = new ProfileMerge();
        Map<ProfileKey, Profile> profiles = new LinkedHashMap<>();
        rowsOf.forEach((key, own) -> merge.merge(key, own).ifPresent(profile -> profiles.put(key, profile)));
        return profiles;
    }
}
