package dev.lmmrec.reading.student;

import ai.djl.huggingface.tokenizers.Encoding;
import dev.lmmrec.encoder.Pretrained;
import dev.lmmrec.encoder.PretrainedEncoder;
import dev.lmmrec.reading.text.Token;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Frozen token vectors: the outputs of four of the twelve layers of the encoder bge-small-en-v1.5, side by side, the
 * mean over the pieces of each token. The layers above them are not computed: they would double the time and add
 * nothing to the motives. A review is read in windows of whole sentences, so that every token is seen with what
 * surrounds it. Safe for use by several threads.
 */
public final class TokenEncoder implements AutoCloseable {

    private static final List<Integer> LAYERS = List.of(2, 4, 5, 6);

    /** Names the encoder and the layers that are used. */
    public static final String ID = Pretrained.BGE_SMALL.id() + ":"
            + LAYERS.stream().map(String::valueOf).collect(Collectors.joining(","));

    /** Numbers a token. */
    public static final int WIDTH = LAYERS.size() * PretrainedEncoder.WIDTH;

    private final PretrainedEncoder encoder;

    /**
     * Loads the weights from the class path.
     *
     * @throws java.io.UncheckedIOException if they are not there
     * @throws IllegalStateException if ONNX Runtime refuses them
     */
    public TokenEncoder() {
        this.encoder = PretrainedEncoder.layers(Pretrained.BGE_SMALL, LAYERS);
    }

    /**
     * Encodes a review.
     *
     * @param tokens its tokens
     * @param hidden which of them are read as the mark that stands for any word
     * @return for each token {@link #WIDTH} numbers, row by row; zeros for a token without any piece
     */
    public float[] vectors(ReviewTokens tokens, Predicate<Token> hidden) {
        int size = tokens.size();
        float[] vectors = new float[Math.multiplyExact(size, WIDTH)];
        if (size == 0) {
            return vectors;
        }
        Encoding encoding = encoder.pieces(tokens.tokens().stream()
                .map(token -> hidden.test(token) ? PretrainedEncoder.ANY_WORD : token.text())
                .toList());
        long[] pieces = encoding.getIds();
        long[] owners = encoding.getWordIds();
        int[] counts = new int[size];
        for (long owner : owners) {
            counts[(int) owner]++;
        }
        int from = 0;
        int piece = 0;
        for (int to : windowEnds(counts, tokens.sentenceEnds())) {
            int pieceEnd = piece;
            while (pieceEnd < pieces.length && owners[pieceEnd] < to) {
                pieceEnd++;
            }
            // one token alone may have more pieces than fit
            int read = Math.min(pieceEnd, piece + PretrainedEncoder.PIECES_MAX);
            if (read > piece) {
                addWindow(pieces, owners, piece, read, counts, vectors);
            }
            piece = pieceEnd;
            from = to;
        }
        if (from != size) {
            throw new IllegalStateException("windows end at token " + from + " of " + size);
        }
        return vectors;
    }

    /** Whole sentences as long as they fit; a sentence that is longer than a window is cut. */
    private static List<Integer> windowEnds(int[] counts, List<Integer> sentenceEnds) {
        Set<Integer> ends = new TreeSet<>(sentenceEnds);
        List<Integer> windows = new ArrayList<>();
        int start = 0;
        int sum = 0;
        int lastEnd = -1;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            if (sum > PretrainedEncoder.PIECES_MAX && i > start) {
                int cut = lastEnd >= start ? lastEnd + 1 : i;
                windows.add(cut);
                start = cut;
                sum = 0;
                for (int j = start; j <= i; j++) {
                    sum += counts[j];
                }
            }
            if (ends.contains(i)) {
                lastEnd = i;
            }
        }
        windows.add(counts.length);
        return windows;
    }

    private void addWindow(long[] pieces, long[] owners, int from, int to, int[] counts, float[] vectors) {
        encoder.run(pieces, from, to, said -> {
            for (int layer = 0; layer < said.size(); layer++) {
                FloatBuffer numbers = said.get(layer);
                for (int p = from; p < to; p++) {
                    int owner = (int) owners[p];
                    int source = (p - from + 1) * PretrainedEncoder.WIDTH;
                    int target = owner * WIDTH + layer * PretrainedEncoder.WIDTH;
                    for (int k = 0; k < PretrainedEncoder.WIDTH; k++) {
                        vectors[target + k] += numbers.get(source + k) / counts[owner];
                    }
                }
            }
        });
    }

    @Override
    public void close() {
        encoder.close();
    }
}
