package dev.lmmrec.embedding.encoder;

import dev.lmmrec.core.profile.Meanings;
import dev.lmmrec.core.vector.DenseVector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a sentence encoder makes of names of things; those asked for lately are remembered, for they are few. */
public final class WordMeanings implements Meanings {

    /** Six megabytes of vectors. */
    private static final int REMEMBERED_MAX = 4_096;

    private final Function<String, DenseVector> encoder;
    private final Map<String, DenseVector> remembered = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DenseVector> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /**
     * Asks an encoder.
     *
     * @param encoder gives a text its vector, L2-normalised; safe for use by several threads
     */
    public WordMeanings(Function<String, DenseVector> encoder) {
        this.encoder = encoder;
    }

    @Override
    public Optional<DenseVector> of(String words) {
        synchronized (remembered) {
            DenseVector known = remembered.get(words);
            if (known != null) {
                return Optional.of(known);
            }
        }
        // outside the lock: two threads may encode the same word, which is cheaper than to wait for each other
        DenseVector made = encoder.apply(words);
        synchronized (remembered) {
            remembered.put(words, made);
        }
        return Optional.of(made);
    }
}
