package dev.lmmrec.training.export;

import dev.lmmrec.models.Manifest.Fusion;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.text.TextEncoder;
import java.util.List;

/**
 * All that serving needs of a trained model.
 *
 * @param users user ids in the order of their indices
 * @param items item ids in the order of their indices
 * @param kinds for each item the words for the kind of thing it is, possibly none
 * @param known what is known of known users and items: normalised interaction vectors, possibly with text vectors and
 *     with what is common to all users behind them
 * @param words how many components of the known rows are of text vectors
 * @param common how many components of the known rows are common to all users
 * @param aligned aligned text vectors of all reviews, the items' less their mean; only the items' are written, a user's
 *     come with the profile
 * @param popularity one per item, 0 to 1
 * @param encoder the text encoder
 * @param fusion the weights of the parts
 */
public record ServingModel(
        List<String> users,
        List<String> items,
        List<List<String>> kinds,
        Factors known,
        int words,
        int common,
        Factors aligned,
        List<Float> popularity,
        TextEncoder.Weights encoder,
        Fusion fusion) {

    /**
     * Copies the lists and checks that the parts belong together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ServingModel {
        users = List.copyOf(users);
        items = List.copyOf(items);
        kinds = kinds.stream().map(List::copyOf).toList();
        popularity = List.copyOf(popularity);
        if (known.userCount() != users.size()
                || known.itemCount() != items.size()
                || aligned.itemCount() != items.size()
                || popularity.size() != items.size()
                || kinds.size() != items.size()
                || encoder.width() != aligned.width()) {
            throw new IllegalArgumentException("vectors of " + known.userCount() + " users and "
                    + known.itemCount() + " / " + aligned.itemCount() + " items and " + popularity.size()
                    + " popularities and " + kinds.size() + " kinds do not fit " + users.size() + " users and "
                    + items.size()
                    + " items, or the encoder's width " + encoder.width() + " is not " + aligned.width());
        }
    }
}
