package dev.lmmrec.training.encoder;

import java.util.List;

/**
 * The numbers of one layer of an encoder of the BERT kind. Matrices have a row for each number that goes in.
 *
 * @param queryKeyValue {@code [width, 3 × width]} and its bias
 * @param attended what is made of the attended values, {@code [width, width]}
 * @param attendedNorm scale and shift after it
 * @param inner {@code [width, 4 × width]}
 * @param outer {@code [4 × width, width]}
 * @param outerNorm scale and shift after it
 */
record EncoderLayer(
        Linear queryKeyValue, Linear attended, Norm attendedNorm, Linear inner, Linear outer, Norm outerNorm) {

    /** A matrix, row by row, and a bias. */
    @SuppressWarnings("ArrayRecordComponent")
    record Linear(float[] weight, float[] bias) {

        /** Several that read the same, side by side. */
        static Linear beside(List<Linear> parts) {
            int width = parts.stream().mapToInt(part -> part.bias().length).sum();
            int rows = parts.get(0).weight().length / parts.get(0).bias().length;
            float[] weight = new float[rows * width];
            float[] bias = new float[width];
            int at = 0;
            for (Linear part : parts) {
                int columns = part.bias().length;
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(part.weight(), row * columns, weight, row * width + at, columns);
                }
                System.arraycopy(part.bias(), 0, bias, at, columns);
                at += columns;
            }
            return new Linear(weight, bias);
        }
    }

    /** What a normalisation multiplies by and adds. */
    @SuppressWarnings("ArrayRecordComponent")
    record Norm(float[] scale, float[] shift) {}
}
