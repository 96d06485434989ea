package dev.lmmrec.training.backbone.graph;

/** A weight for each edge of a graph, and for its reverse. The arrays are not to be changed. */
final class EdgeWeights {

    private final float[] forth;
    private final float[] back;

    /**
     * Takes over two arrays.
     *
     * @param forth by the position of the edge
     * @param back the weights of the reverse edges: the transposed matrix; the same array if the matrix is symmetric
     */
    EdgeWeights(float[] forth, float[] back) {
        this.forth = forth;
        this.back = back;
    }

    float[] forth() {
        return forth;
    }

    float[] back() {
        return back;
    }
}
