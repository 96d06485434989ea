package dev.lmmrec.models;

import java.util.List;

/** The names of an artefact's files and of the tensors in them. */
public final class ArtefactFiles {

    /** Says what the artefact is; see {@link Manifest}. */
    public static final String MANIFEST = "manifest.json";

    /** {@code text} float[N, 384] → {@code aligned} float[N, d], L2-normalised. */
    public static final String TEXT_ENCODER = "text-encoder.onnx";

    /** {@code user} int64[B], a line number of {@link #USERS} from 0 → {@code interaction} float[B, d]. */
    public static final String USER_ENCODER = "user-encoder.onnx";

    /**
     * {@code query} float[B, w], {@code mask} float[B, n] (0, or a large negative number for items not to be returned),
     * {@code k} int64[1] → {@code scores} float[B, k] in descending order, {@code items} int64[B, k], line numbers of
     * {@link #ITEMS} from 0. The item matrix is inside.
     */
    public static final String SCORER = "scorer.onnx";

    /** One user id a line, UTF-8. */
    public static final String USERS = "users.txt";

    /** One item id a line, UTF-8, most popular first. */
    public static final String ITEMS = "items.txt";

    /** The item matrix of {@link #SCORER} by rows, {@code [n, w]}, as a {@link FloatMatrix}. */
    public static final String ITEM_VECTORS = "item-vectors.npy";

    /** For each item a line with the words for the kind of thing it is, UTF-8, separated by spaces, possibly none. */
    public static final String ITEM_KINDS = "item-kinds.txt";

    /** Every file that an artefact must have, but the manifest. */
    public static final List<String> REQUIRED =
            List.of(TEXT_ENCODER, USER_ENCODER, SCORER, USERS, ITEMS, ITEM_VECTORS, ITEM_KINDS);

    /** The graph that an approximate search of {@link #ITEM_VECTORS} walks; see {@code graph.ItemGraph}. */
    public static final String ITEM_GRAPH = "item-graph.bin";

    /** Files that an artefact may have besides. */
    public static final List<String> OPTIONAL = List.of(ITEM_GRAPH);

    private ArtefactFiles() {}
}
