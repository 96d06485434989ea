package dev.lmmrec.training.words;

import dev.lmmrec.training.backbone.linear.ItemItem;
import java.util.stream.IntStream;

/** Cosines of all items' TF-IDF rows. Costs n² memory. */
final class WordLikeness {

    private final int items;

    /** Of different items: between an item and itself is 0, so that no item recommends itself. */
    private final float[] cosines;

    private final float[] ofItself;

    WordLikeness(WordTexts texts) {
        items = texts.train().items();
        cosines = new float[items * items];
        ofItself = new float[items];
        IntStream.range(0, items).parallel().forEach(one -> {
            float[] weights = new float[texts.vocabulary().size()];
            SparseRow row = texts.item(one);
            for (int at = 0; at < row.size(); at++) {
                weights[row.word(at)] = row.weight(at);
            }
            for (int other = 0; other < items; other++) {
                cosines[one * items + other] = texts.item(other).dot(weights);
            }
            ofItself[one] = cosines[one * items + one];
            cosines[one * items + one] = 0;
        });
    }

    /** How alike two items are, 0 to 1. */
    float of(int one, int other) {
        return one == other ? ofItself[one] : cosines[one * items + other];
    }

    /** What is like what, but not itself, as weights from item to item. */
    ItemItem neighbours() {
        return ItemItem.dense(items, cosines);
    }
}
