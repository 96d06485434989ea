package dev.lmmrec.training.data;

import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.training.data.Interactions.Pair;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A split that was made elsewhere: {@code train.tsv}, {@code validation.tsv} and {@code test.tsv}, plain or
 * {@code .gz}, each line {@code user<TAB>item}; these two words as the first line are a header.
 *
 * @param users user ids in the order of their indices
 * @param items item ids in the order of their indices
 * @param split the interactions
 */
public record PublishedSplit(List<String> users, List<String> items, Split split) {

    private static final String HEADER = "user\titem";

    /** Copies the lists. */
    public PublishedSplit {
        users = List.copyOf(users);
        items = List.copyOf(items);
    }

    /** A line of a file. */
    private record Named(String user, String item) {}

    /**
     * Reads the three files.
     *
     * @param directory where they lie
     * @return the split
     * @throws RefusedInputException if a file is missing, empty or has a line that is no pair, or if a held-out user or
     *     item never occurs in training, or if two parts share a pair
     * @throws IOException if a file cannot be read
     */
    public static PublishedSplit read(Path directory) throws IOException, RefusedInputException {
        List<Named> train = readPart(directory, "train");
        List<Named> validation = readPart(directory, "validation");
        List<Named> test = readPart(directory, "test");
        TreeSet<String> users = new TreeSet<>();
        TreeSet<String> items = new TreeSet<>();
        for (Named pair : train) {
            users.add(pair.user());
            items.add(pair.item());
        }
        List<String> userIds = List.copyOf(users);
        List<String> itemIds = List.copyOf(items);
        Map<String, Integer> userIndex = Dataset.indexOf(userIds);
        Map<String, Integer> itemIndex = Dataset.indexOf(itemIds);
        Split split = new Split(
                indexed("train", train, userIndex, itemIndex),
                indexed("validation", validation, userIndex, itemIndex),
                indexed("test", test, userIndex, itemIndex));
        requireDisjoint("train", split.train(), "validation", split.validation(), userIds, itemIds);
        requireDisjoint("train", split.train(), "test", split.test(), userIds, itemIds);
        requireDisjoint("validation", split.validation(), "test", split.test(), userIds, itemIds);
        return new PublishedSplit(userIds, itemIds, split);
    }

    private static void requireDisjoint(
            String firstName,
            Interactions first,
            String secondName,
            Interactions second,
            List<String> users,
            List<String> items)
            throws RefusedInputException {
        for (int user = 0; user < second.users(); user++) {
            for (int item : second.itemsOf(user)) {
                if (first.contains(user, item)) {
                    throw new RefusedInputException("user " + users.get(user) + " with item " + items.get(item)
                            + " is in the " + firstName + " part and in the " + secondName
                            + " part; what is measured must not be learnt");
                }
            }
        }
    }

    /**
     * Whether a folder looks like a split.
     *
     * @param directory the folder
     * @return true if it has a train part
     */
    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve("train.tsv")) || Files.exists(directory.resolve("train.tsv.gz"));
    }

    /**
     * Names the three parts.
     *
     * @return SHA-256, hexadecimal; equal for equal parts
     */
    public String fingerprint() {
        MessageDigest digest = Sha256.begin();
        for (Interactions part : List.of(split.train(), split.validation(), split.test())) {
            for (int user = 0; user < users.size(); user++) {
                for (int item : part.itemsOf(user)) {
                    digest.update((users.get(user) + "\t" + items.get(item) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            digest.update((byte) '\n');
        }
        return Sha256.of(digest);
    }

    private static List<Named> readPart(Path directory, String part) throws IOException, RefusedInputException {
        Path plain = directory.resolve(part + ".tsv");
        Path file = Files.exists(plain) ? plain : directory.resolve(part + ".tsv.gz");
        if (!Files.exists(file)) {
            throw new RefusedInputException("neither " + plain + " nor " + file + " exists");
        }
        List<Named> pairs = new ArrayList<>();
        try (BufferedReader lines = RowsFile.open(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number == 1 && line.equals(HEADER)) {
                    continue;
                }
                int tab = line.indexOf('\t');
                if (tab < 1 || tab == line.length() - 1 || line.indexOf('\t', tab + 1) >= 0) {
                    throw new RefusedInputException(
                            file + ", line " + number + ": '" + line + "' must be user<TAB>item");
                }
                pairs.add(new Named(line.substring(0, tab), line.substring(tab + 1)));
            }
        }
        if (pairs.isEmpty()) {
            throw new RefusedInputException(file + " is empty");
        }
        return pairs;
    }

    private static Interactions indexed(
            String part, List<Named> named, Map<String, Integer> users, Map<String, Integer> items)
            throws RefusedInputException {
        List<Pair> pairs = new ArrayList<>();
        for (Named pair : named) {
            Integer user = users.get(pair.user());
            Integer item = items.get(pair.item());
            if (user == null || item == null) {
                throw new RefusedInputException("the " + part + " part has user " + pair.user() + " with item "
                        + pair.item() + ", but the " + (user == null ? "user" : "item")
                        + " never occurs in the train part");
            }
            pairs.add(new Pair(user, item));
        }
        return Interactions.of(users.size(), items.size(), pairs);
    }
}
