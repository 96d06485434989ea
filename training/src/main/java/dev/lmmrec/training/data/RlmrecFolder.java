package dev.lmmrec.training.data;

import dev.lmmrec.core.file.WholeFile;
import dev.lmmrec.training.data.Interactions.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interactions as RLMRec publishes them: {@code trn_mat.pkl}, {@code val_mat.pkl} and {@code tst_mat.pkl}, each a
 * pickled SciPy matrix of users by items.
 */
public final class RlmrecFolder {

    private static final Map<String, String> PARTS = parts();

    private RlmrecFolder() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("trn_mat.pkl", "train");
        parts.put("val_mat.pkl", "validation");
        parts.put("tst_mat.pkl", "test");
        return parts;
    }

    /**
     * Writes the interactions as {@code train.tsv}, {@code validation.tsv} and {@code test.tsv}; users and items go by
     * their row and column.
     *
     * @param from has the three matrices
     * @param to gets the three files
     * @return how many interactions each part has, by its name
     * @throws RefusedInputException if a matrix is missing or none, or the three are not of one size
     * @throws IOException if a file cannot be read or written
     */
    public static Map<String, Integer> convert(Path from, Path to) throws IOException, RefusedInputException {
        Map<String, PickledMatrix> matrices = new LinkedHashMap<>();
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            Path file = from.resolve(part.getKey());
            if (!Files.exists(file)) {
                throw new RefusedInputException(from + " has no " + part.getKey() + "; RLMRec's layout has "
                        + String.join(", ", PARTS.keySet()));
            }
            matrices.put(part.getValue(), PickledMatrix.read(file));
        }
        PickledMatrix train = matrices.get("train");
        for (Map.Entry<String, PickledMatrix> entry : matrices.entrySet()) {
            PickledMatrix matrix = entry.getValue();
            if (matrix.rows() != train.rows() || matrix.columns() != train.columns()) {
                throw new RefusedInputException("the " + entry.getKey() + " matrix is " + matrix.rows() + " × "
                        + matrix.columns() + ", the train matrix " + train.rows() + " × " + train.columns());
            }
            if (matrix.places().isEmpty()) {
                throw new RefusedInputException("the " + entry.getKey() + " matrix has no entry");
            }
        }
        Files.createDirectories(to);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Map.Entry<String, PickledMatrix> entry : matrices.entrySet()) {
            List<String> lines = new ArrayList<>(List.of("user\titem"));
            entry.getValue().places().stream()
                    .distinct()
                    .sorted(Comparator.comparingInt(Pair::user).thenComparingInt(Pair::item))
                    .forEach(pair -> lines.add(pair.user() + "\t" + pair.item()));
            byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            WholeFile.write(to.resolve(entry.getKey() + ".tsv"), out -> out.write(content));
            counts.put(entry.getKey(), lines.size() - 1);
        }
        return counts;
    }
}
