package dev.lmmrec.training.triplet;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.reading.triplet.LabelledSentence;
import dev.lmmrec.reading.triplet.PieceEncoder.Pieces;
import dev.lmmrec.reading.triplet.Triplet;
import dev.lmmrec.reading.triplet.Triplet.Words;
import dev.lmmrec.reading.triplet.TripletHead;
import java.util.Arrays;

/** A labelled sentence as training sees it. */
final class Sentence {

    private static final int ASPECT_FIRST = TripletHead.TAGS.indexOf("aspect-first");
    private static final int OPINION_FIRST = TripletHead.TAGS.indexOf("opinion-first");

    private final Pieces pieces;
    private final int[] tags;
    private final int[][] pairs;

    Sentence(LabelledSentence labelled, Pieces pieces) {
        int size = pieces.words();
        this.pieces = pieces;
        this.tags = new int[size];
        this.pairs = new int[size][size];
        for (Triplet triplet : labelled.triplets()) {
            tag(triplet.aspect(), ASPECT_FIRST);
            tag(triplet.opinion(), OPINION_FIRST);
            pair(triplet.aspect(), triplet.opinion(), triplet.sentiment());
        }
    }

    private void tag(Words words, int firstTag) {
        Arrays.fill(tags, words.first(), words.last() + 1, firstTag + 1);
        tags[words.first()] = firstTag;
    }

    private void pair(Words aspect, Words opinion, Polarity sentiment) {
        int kind = 1 + TripletHead.SENTIMENTS.indexOf(sentiment);
        for (int word = aspect.first(); word <= aspect.last(); word++) {
            Arrays.fill(pairs[word], opinion.first(), opinion.last() + 1, kind);
        }
    }

    Pieces pieces() {
        return pieces;
    }

    int size() {
        return tags.length;
    }

    int tag(int word) {
        return tags[word];
    }

    int pair(int aspect, int opinion) {
        return pairs[aspect][opinion];
    }
}
