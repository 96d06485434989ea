package dev.lmmrec.training.export;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.models.Manifest.Dims;
import dev.lmmrec.models.Manifest.Fusion;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.HistoryVectors;
import dev.lmmrec.training.text.TextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All that serving needs of a trained model.
 *
 * @param users user ids in the order of their indices
 * @param items item ids in the order of their indices
 * @param kinds for each item the words for the kind of thing it is, possibly none
 * @param facets for each item how strongly it speaks for each kind of reason, possibly none
 * @param known what is known of known users and items: normalised interaction vectors, possibly with text vectors and
 *     with what is common to all users behind them
 * @param words how many components of the known rows are of text vectors
 * @param common how many components of the known rows are common to all users
 * @param aligned aligned text vectors of all reviews, the items' less their mean; only the items' are written, a user's
 *     come with the profile
 * @param popularity one per item, 0 to 1
 * @param encoder the text encoder
 * @param fusion the weights of the parts
 * @param histories what users met
 * @param history what each item of a history contributes to a known row
 * @param statements what was learnt of the order of statements
 */
public record ServingModel(
        List<String> users,
        List<String> items,
        List<List<String>> kinds,
        List<Map<Facet, Double>> facets,
        Factors known,
        int words,
        int common,
        Factors aligned,
        List<Float> popularity,
        TextEncoder.Weights encoder,
        Fusion fusion,
        Interactions histories,
        HistoryVectors history,
        StatementWeights statements) {

    /**
     * Copies the lists and checks that the parts belong together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ServingModel {
        users = List.copyOf(users);
        items = List.copyOf(items);
        kinds = kinds.stream().map(List::copyOf).toList();
        facets = facets.stream().map(Map::copyOf).toList();
        popularity = List.copyOf(popularity);
        if (known.userCount() != users.size()
                || known.itemCount() != items.size()
                || aligned.itemCount() != items.size()
                || popularity.size() != items.size()
                || kinds.size() != items.size()
                || facets.size() != items.size()
                || histories.users() != users.size()
                || histories.items() != items.size()
                || history.width() != known.width() - common
                || encoder.width() != aligned.width()) {
            throw new IllegalArgumentException("vectors of " + known.userCount() + " users and "
                    + known.itemCount() + " / " + aligned.itemCount() + " items and " + popularity.size()
                    + " popularities and " + kinds.size() + " kinds and " + facets.size() + " facets do not fit "
                    + users.size() + " users and "
                    + items.size()
                    + " items, or the encoder's width " + encoder.width() + " is not " + aligned.width()
                    + ", or histories of " + histories.users() + " users and " + history.width()
                    + " components do not fit rows of " + known.width());
        }
    }

    /**
     * The widths of its vectors.
     *
     * @return as the manifest has them
     */
    public Dims dims() {
        return new Dims(Dataset.TEXT_WIDTH, aligned.width(), known.width() - words - common, words, common);
    }

    /**
     * What a query meets.
     *
     * @param item the item's index
     * @return the known row, the aligned text vector, popularity
     */
    public float[] itemRow(int item) {
        float[] own = known.item(item);
        float[] text = aligned.item(item);
        float[] row = Arrays.copyOf(own, own.length + text.length + 1);
        System.arraycopy(text, 0, row, own.length, text.length);
        row[row.length - 1] = popularity.get(item);
        return row;
    }
}
