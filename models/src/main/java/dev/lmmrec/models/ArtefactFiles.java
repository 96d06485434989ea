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

    /**
     * For each item a line with the names for the kind of thing it is, UTF-8, with {@link #KIND_SEPARATOR} between
     * them, possibly none.
     */
    public static final String ITEM_KINDS = "item-kinds.txt";

    /** A name may be of several words. */
    public static final String KIND_SEPARATOR = "\t";

    /**
     * What each item of a history contributes to a user's row, {@code [n, interaction + words]}, as a
     * {@link FloatMatrix}, in the order of {@link #ITEMS}: the row is the sum over the history by the root of its
     * length, with 1 in what is common to all users.
     */
    public static final String HISTORY_VECTORS = "history-vectors.npy";

    /**
     * For each item a line with how strongly it speaks for each kind of reason, such as {@code price=1.25 design=0.5},
     * possibly nothing.
     */
    public static final String ITEM_FACETS = "item-facets.txt";

    /** For each user a line with the line numbers in {@link #ITEMS}, from 0, of the items that training knew of. */
    public static final String USER_HISTORIES = "user-histories.txt";

    /** JSON: what training learnt of which statements of an item a user would give as well, for reasons. */
    public static final String STATEMENT_WEIGHTS = "statement-weights.json";

    /** Every file that an artefact must have, but the manifest. */
    public static final List<String> REQUIRED = List.of(
            TEXT_ENCODER,
            USER_ENCODER,
            SCORER,
            USERS,
            ITEMS,
            ITEM_VECTORS,
            ITEM_KINDS,
            ITEM_FACETS,
            HISTORY_VECTORS,
            USER_HISTORIES,
            STATEMENT_WEIGHTS);

    /** The graph that an approximate search of {@link #ITEM_VECTORS} walks; see {@code graph.ItemGraph}. */
    public static final String ITEM_GRAPH = "item-graph.bin";

    /**
     * What was taken off the aligned vectors of the items, {@code [1, d]}, as a {@link FloatMatrix}: without it items
     * that come after training cannot be put beside them and wait for the next artefact.
     */
    public static final String ITEM_CENTRE = "item-centre.npy";

    /** Files that an artefact may have besides. */
    public static final List<String> OPTIONAL = List.of(ITEM_GRAPH, ITEM_CENTRE);

    private ArtefactFiles() {}
}
