package dev.lmmrec.training.provenance;

import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An artefact for readers, in Markdown. It says nothing that the manifest does not, so that it need not be sealed: it
 * can be written again from the manifest at any time.
 */
public final class ModelCard {

    /** The file's name, beside the artefact's files. */
    public static final String FILE = "model-card.md";

    private static final String TEST = "test.";
    private static final String OF = " of ";
    private static final Set<String> TOLD_ELSEWHERE = Set.of(
            Provenance.COMMIT, Provenance.COMMAND, Provenance.ROWS, Provenance.ROWS_FINGERPRINT, "split", "weights");

    private final Manifest manifest;

    /**
     * Sets what it is about.
     *
     * @param manifest of the artefact
     */
    public ModelCard(Manifest manifest) {
        this.manifest = manifest;
    }

    /**
     * Writes the card into the artefact's directory.
     *
     * @param artefact the artefact
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path write(Artefact artefact) throws IOException {
        Path file = artefact.file(FILE);
        return Files.writeString(file, new ModelCard(artefact.manifest()).markdown(), StandardCharsets.UTF_8);
    }

    /**
     * Puts the card beside a published artefact.
     *
     * @param manifest of the artefact
     * @param objects where it was published
     * @throws IOException if the store cannot be written
     */
    public static void publish(Manifest manifest, ObjectStore objects) throws IOException {
        objects.replace(
                manifest.version() + "/" + FILE,
                new ModelCard(manifest).markdown().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes all of it.
     *
     * @return Markdown
     */
    public String markdown() {
        return String.join(
                        "\n\n",
                        "# " + manifest.name() + " " + manifest.version(),
                        whatItIs(),
                        "## Data\n\n" + data(),
                        "## Measured on held-out interactions\n\n" + metrics(),
                        "## Settings\n\n" + settings(),
                        "## Meant for\n\n" + meantFor(),
                        "## Limits\n\n" + limits(),
                        "## How to make it again\n\n" + again())
                + "\n";
    }

    private String whatItIs() {
        Manifest.Dims dims = manifest.dims();
        return "Ranks " + manifest.items() + " items for " + manifest.users()
                + " known users by interaction vectors of "
                + dims.interaction() + " components"
                + (dims.words() > 0 ? ", by vectors learnt of their words (" + dims.words() + " components)" : "")
                + (usesText()
                        ? ", by text vectors aligned with them (" + dims.text() + " → " + dims.aligned()
                                + " components)"
                        : "")
                + (manifest.fusion().known().motives() > 0 ? ", by each motive of a user" : "")
                + " and by popularity. Made at "
                + manifest.createdAt() + " from commit `" + provenance(Provenance.COMMIT) + "`. "
                + sentence(provenance("weights"));
    }

    private boolean usesText() {
        return manifest.fusion().known().text() != 0
                || manifest.dims().words() > 0
                || manifest.fusion().textOnly().text() != 0;
    }

    private String data() {
        return table(
                List.of("what", "value"),
                List.of(
                        List.of("rows", provenance(Provenance.ROWS)),
                        List.of("users, items", manifest.users() + ", " + manifest.items()),
                        List.of("split", provenance("split")),
                        List.of("fingerprint of interactions", code(manifest.dataFingerprint())),
                        List.of("fingerprint of rows", code(provenance(Provenance.ROWS_FINGERPRINT))),
                        List.of("sentence encoder", code(manifest.encoderId()))));
    }

    private String metrics() {
        Map<String, Map<String, Double>> byModel = new TreeMap<>();
        List<String> others = new ArrayList<>();
        manifest.metrics().forEach((name, value) -> {
            int of = name.indexOf(OF);
            if (name.startsWith(TEST) && of > 0) {
                byModel.computeIfAbsent(name.substring(of + OF.length()), model -> new TreeMap<>())
                        .put(name.substring(TEST.length(), of), value);
            } else if (!name.startsWith(TEST)) {
                others.add("`" + name + "` " + figure(value));
            }
        });
        Map<String, Double> served = new TreeMap<>();
        manifest.metrics().forEach((name, value) -> {
            if (name.startsWith(TEST) && !name.contains(OF)) {
                served.put(name.substring(TEST.length()), value);
            }
        });
        List<String> columns =
                served.keySet().stream().sorted(ModelCard::byNameThenCutoff).toList();
        List<String> head = new ArrayList<>(List.of("model"));
        head.addAll(columns);
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("**this model**", served, columns));
        // the row of the comparison that is this model says the same again
        byModel.entrySet().stream()
                .filter(model -> !model.getValue().equals(served))
                .forEach(model -> rows.add(row(model.getKey(), model.getValue(), columns)));
        String baselines = rows.size() > 1
                ? "The other rows were measured on the same split: what it must beat, and parts of it alone."
                : "No baseline was measured in this run, so the figures say little by themselves.";
        others.sort(String::compareTo);
        return table(head, rows) + "\n\n" + baselines
                + (others.isEmpty() ? "" : " Besides: " + String.join(", ", others) + ".");
    }

    private static int byNameThenCutoff(String a, String b) {
        String[] left = a.split("@", 2);
        String[] right = b.split("@", 2);
        int name = left[0].compareTo(right[0]);
        if (name != 0 || left.length < 2 || right.length < 2) {
            return name != 0 ? name : a.compareTo(b);
        }
        int length = Integer.compare(left[1].length(), right[1].length());
        return length != 0 ? length : left[1].compareTo(right[1]);
    }

    private static List<String> row(String model, Map<String, Double> figures, Collection<String> columns) {
        List<String> cells = new ArrayList<>(List.of(model));
        columns.forEach(column -> cells.add(figures.containsKey(column) ? figure(figures.get(column)) : "–"));
        return cells;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private String settings() {
        List<List<String>> rows = new TreeSet<>(manifest.provenance().keySet())
                .stream()
                        .filter(key -> !TOLD_ELSEWHERE.contains(key))
                        .map(key -> List.of(key, provenance(key)))
                        .collect(Collectors.toCollection(ArrayList::new));
        Manifest.Fusion fusion = manifest.fusion();
        rows.add(List.of("weights for known users", weights(fusion.known())));
        rows.add(List.of("weights for users who came after training, by history", weights(fusion.history())));
        rows.add(List.of("weights for users who came after training, by words alone", weights(fusion.textOnly())));
        return table(List.of("setting", "value"), rows);
    }

    private static String weights(Manifest.Fusion.Weights weights) {
        return String.format(
                Locale.ROOT,
                "interaction %s, text %s, motives %s, popularity %s",
                weights.interaction(),
                weights.text(),
                weights.motives(),
                weights.popularity());
    }

    private String meantFor() {
        return "Ranking the items listed in `items.txt` for the people whose reviews it was made from, by the scoring"
                + " function of the same deployment. "
                + (usesText()
                        ? "Who came after training is ranked for by the items that they met and by the text of their"
                                + " reviews, provided that it is embedded by the same sentence encoder; of whom neither"
                                + " is known, by popularity."
                        : "Text has no weight in it: who came after training is ranked for by the items that they met,"
                                + " and who has met none gets what is popular.")
                + " It is not meant for decisions about people, nor for items or reviews of another deployment.";
    }

    private String limits() {
        List<String> limits = new ArrayList<>();
        limits.add("The figures are of one random split by user and of offline ranking; they say how well held-out"
                + " choices are found again, not how a recommendation would have been received.");
        limits.add("A review counts as a choice; what somebody met and did not review is not known and counts against"
                + " the ranking.");
        limits.add(
                usesText()
                        ? "Items that came after training are ranked by their profiles until the next one: by the words of"
                                + " their reviews, and by what interactions say of the items nearest in words."
                        : "Items that came after training are ranked by what interactions say of the items that an"
                                + " untrained encoder finds near, which says little; the next training puts that right.");
        limits.add("Popularity has weight " + manifest.fusion().known().popularity()
                + ": where it is large, what is known well is shown more and becomes better known.");
        if (usesText()) {
            limits.add("Text vectors are as good as the sentence encoder is in the language of the reviews.");
        }
        return limits.stream().map(limit -> "- " + limit).collect(Collectors.joining("\n"));
    }

    private String again() {
        return "```sh\n./lmmrec reproduce " + manifest.version() + " --data ROWS\n```\n\n"
                + "with the rows of the fingerprint above (`./lmmrec export` writes them), at the commit above. It runs"
                + "\n\n```json\n" + provenance(Provenance.COMMAND) + "\n```\n\n"
                + "and compares. Equal rows, settings and seed give equal vectors on one machine; on another processor"
                + " or engine the last digits may differ.";
    }

    private String provenance(String key) {
        return manifest.provenance().getOrDefault(key, "unknown");
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        lines.add("|" + "---|".repeat(head.size()));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines);
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
