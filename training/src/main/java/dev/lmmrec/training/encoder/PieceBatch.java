package dev.lmmrec.training.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.reading.triplet.PieceEncoder;
import dev.lmmrec.reading.triplet.PieceEncoder.Pieces;
import dev.lmmrec.training.gradient.Tape;
import java.util.Arrays;
import java.util.List;

/** Texts that are read together, each filled up to the pieces and the words of the longest. */
public final class PieceBatch {

    private static final float FAR = -1e4f;

    private final List<Pieces> texts;
    private final int words;
    private final int pieces;

    /**
     * Puts texts together.
     *
     * @param texts at least one
     */
    public PieceBatch(List<Pieces> texts) {
        this.texts = List.copyOf(texts);
        this.words = texts.stream().mapToInt(Pieces::words).max().orElse(0);
        this.pieces = texts.stream().mapToInt(Pieces::count).max().orElse(0);
    }

    /**
     * How many texts there are.
     *
     * @return a count
     */
    public int texts() {
        return texts.size();
    }

    /**
     * How many words each has after filling up.
     *
     * @return those of the longest
     */
    public int words() {
        return words;
    }

    int pieces() {
        return pieces;
    }

    /** The vectors of all pieces, one row each. */
    NDArray vectors(Tape tape) {
        float[] rows = new float[texts.size() * pieces * PieceEncoder.WIDTH];
        for (int i = 0; i < texts.size(); i++) {
            float[] vectors = texts.get(i).vectors();
            System.arraycopy(vectors, 0, rows, i * pieces * PieceEncoder.WIDTH, vectors.length);
        }
        return tape.manager().create(rows, new Shape((long) texts.size() * pieces, PieceEncoder.WIDTH));
    }

    /** Zero for a piece, far below for what fills up. */
    NDArray away(Tape tape) {
        float[] away = new float[texts.size() * pieces];
        for (int i = 0; i < texts.size(); i++) {
            Arrays.fill(away, i * pieces + texts.get(i).count(), (i + 1) * pieces, FAR);
        }
        return tape.manager().create(away, new Shape(texts.size(), 1, 1, pieces));
    }

    /** Multiplied by vectors of pieces they give vectors of words. */
    NDArray shares(Tape tape) {
        float[] shares = new float[texts.size() * words * pieces];
        for (int i = 0; i < texts.size(); i++) {
            float[][] rows = texts.get(i).shares();
            for (int word = 0; word < rows.length; word++) {
                System.arraycopy(rows[word], 0, shares, (i * words + word) * pieces, rows[word].length);
            }
        }
        return tape.manager().create(shares, new Shape(texts.size(), words, pieces));
    }
}
