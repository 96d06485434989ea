package dev.lmmrec.training.backbone.linear;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;

/**
 * Turbo-CF (Park, Shin, Shin, SIGIR 2024, eq. 6 to 8): a polynomial of the item graph {@code P = (ZᵀZ)^∘s}, no
 * decomposition. Z is X with rows divided by {@code d_u^b} and columns by {@code d_i^(1-b)}; ∘s raises each weight to a
 * power. Order 1 is {@code P} and stays sparse; order 2 is {@code 2P - P²}; order 3 is {@code P + 0.01 · (-P³ + 10P² -
 * 29P)}, which nears an ideal low-pass. The last two are meant for eigenvalues up to 1, so for a power of 1 or more.
 */
final class TurboFilter implements Backbone.ClosedForm {

    private static final double[][] COEFFICIENTS = {{1}, {2, -1}, {0.71, 0.1, -0.01}};

    private final double userExponent;
    private final double power;
    private final double[] coefficients;

    /**
     * Sets the filter.
     *
     * @param userExponent b, 0 to 1
     * @param power s, above 0
     * @param order 1 to 3
     */
    public TurboFilter(double userExponent, double power, int order) {
        if (!(userExponent >= 0 && userExponent <= 1 && power > 0) || order < 1 || order > COEFFICIENTS.length) {
            throw new IllegalArgumentException(
                    "Turbo-CF needs a user exponent from 0 to 1, a power above 0 and an order from 1 to 3, got "
                            + userExponent + ", " + power + " and " + order);
        }
        this.userExponent = userExponent;
        this.power = power;
        this.coefficients = COEFFICIENTS[order - 1];
    }

    @Override
    public String name() {
        return "turbo-cf";
    }

    @Override
    public HistoryModel fit(Interactions train) {
        SparseMatrix graph = Walk.normalised(train, 1 - userExponent, userExponent)
                .gram()
                .mapped((from, to, weight) -> Math.pow(weight, power));
        return new HistoryModel(train, coefficients.length == 1 ? new SparseRows(graph) : polynomial(graph));
    }

    /** By Horner's rule: each further power is one product. */
    private DenseRows polynomial(SparseMatrix graph) {
        int n = graph.columns();
        try (DenseAlgebra algebra = new DenseAlgebra();
                NDArray dense = algebra.dense(graph, new double[n])) {
            NDArray sum = dense.mul(coefficients[coefficients.length - 1]);
            for (int k = coefficients.length - 2; k >= 0; k--) {
                // c_k P + P · sum
                try (NDArray inner = sum) {
                    sum = dense.matMul(inner);
                }
                try (NDArray term = dense.mul(coefficients[k])) {
                    sum.addi(term);
                }
            }
            return new DenseRows(n, algebra.toFloatArray(sum));
        }
    }
}
