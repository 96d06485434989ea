package dev.lmmrec.reading.triplet;

import dev.lmmrec.core.motivation.Polarity;

/**
 * An opinion in a sentence.
 *
 * @param aspect the words that say what it is about
 * @param opinion the words that say what is thought of it
 * @param sentiment whether that is good, bad or neither
 */
public record Triplet(Words aspect, Words opinion, Polarity sentiment) {

    /**
     * Some words of a sentence that follow each other.
     *
     * @param first index of the first
     * @param last index of the last
     */
    public record Words(int first, int last) {

        private static final double TOKEN_F1_MIN = 0.5;

        /** Checks the order. */
        public Words {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("words from " + first + " to " + last + " are none");
            }
        }

        /**
         * How many there are.
         *
         * @return at least one
         */
        public int size() {
            return last - first + 1;
        }

        /**
         * Whether they are about the same words.
         *
         * @param other others
         * @return whether their token F1 is at least a half
         */
        public boolean isLike(Words other) {
            int common = Math.min(last, other.last) - Math.max(first, other.first) + 1;
            return 2.0 * common / (size() + other.size()) >= TOKEN_F1_MIN;
        }
    }
}
