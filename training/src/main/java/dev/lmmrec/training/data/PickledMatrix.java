package dev.lmmrec.training.data;

import dev.lmmrec.training.data.Interactions.Pair;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * A sparse matrix as SciPy pickles it, COO or CSR, of which the places that are not 0 count. Nothing of a pickle is
 * ever run: classes that are not those of such a matrix are refused.
 *
 * @param rows how many rows
 * @param columns how many columns
 * @param places row and column of each entry that is not 0
 */
record PickledMatrix(int rows, int columns, List<Pair> places) {

    private static final List<String> SCIPY =
            List.of("scipy.sparse._coo", "scipy.sparse.coo", "scipy.sparse._csr", "scipy.sparse.csr");
    private static final List<String> NUMPY_ARRAYS = List.of("numpy.core.multiarray", "numpy._core.multiarray");
    private static final List<String> NUMPY_BUFFERS = List.of("numpy.core.numeric", "numpy._core.numeric");
    private static final Set<Integer> WIDTHS = Set.of(1, 2, 4, 8);

    // the library keeps what it may construct for the whole program
    static {
        for (String module : SCIPY) {
            for (String kind : List.of("coo_matrix", "csr_matrix", "coo_array", "csr_array")) {
                Unpickler.registerConstructor(module, kind, arguments -> new Matrix(kind.substring(0, 3)));
            }
        }
        NUMPY_ARRAYS.forEach(module -> Unpickler.registerConstructor(module, "_reconstruct", arguments -> new Array()));
        NUMPY_BUFFERS.forEach(module -> Unpickler.registerConstructor(module, "_frombuffer", Array::ofBuffer));
        Unpickler.registerConstructor("numpy", "dtype", arguments -> new ElementType(String.valueOf(arguments[0])));
    }

    PickledMatrix {
        places = List.copyOf(places);
    }

    /**
     * Reads a file.
     *
     * @throws RefusedInputException if it is no pickle, or one of something else
     * @throws IOException if it cannot be read
     */
    static PickledMatrix read(Path file) throws IOException, RefusedInputException {
        Object read;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            read = new Unpickler().load(in);
        } catch (PickleException | ClassCastException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new RefusedInputException(file + " is no pickled COO or CSR matrix: " + e.getMessage(), e);
        }
        if (!(read instanceof Matrix matrix)) {
            throw new RefusedInputException(file + " is no pickled COO or CSR matrix, but "
                    + (read == null ? "None" : read.getClass().getSimpleName()));
        }
        try {
            return matrix.places();
        } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
            throw new RefusedInputException(file + " is a damaged " + matrix.kind + " matrix: " + e.getMessage(), e);
        }
    }

    /** A NumPy type of numbers, such as {@code <f8}. */
    public static final class ElementType {

        private final char kind;
        private final int width;
        private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

        private ElementType(String code) {
            this.kind = code.charAt(0);
            this.width = code.length() == 2 ? code.charAt(1) - '0' : 0;
            if ("biuf".indexOf(kind) < 0 || !WIDTHS.contains(width)) {
                throw new PickleException("arrays of type " + code + " are no numbers");
            }
        }

        /**
         * Called by the library with what follows the type's name.
         *
         * @param state version, byte order and more
         */
        public void __setstate__(Object[] state) {
            if (">".equals(state[1])) {
                order = ByteOrder.BIG_ENDIAN;
            }
        }

        private double[] numbers(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
            double[] numbers = new double[bytes.length / width];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(buffer, i * width);
            }
            return numbers;
        }

        private double number(ByteBuffer buffer, int at) {
            return switch (width) {
                case 1 -> buffer.get(at);
                case 2 -> buffer.getShort(at);
                case 4 -> kind == 'f' ? buffer.getFloat(at) : buffer.getInt(at);
                default -> kind == 'f' ? buffer.getDouble(at) : buffer.getLong(at);
            };
        }
    }

    /** A NumPy array of one dimension. */
    public static final class Array {

        private double[] numbers = {};

        private static Array ofBuffer(Object[] arguments) {
            Array array = new Array();
            array.numbers = ((ElementType) arguments[1]).numbers((byte[]) arguments[0]);
            return array;
        }

        /**
         * Called by the library with what the array holds.
         *
         * @param state version, shape, type, order and bytes
         */
        public void __setstate__(Object[] state) {
            numbers = ((ElementType) state[2]).numbers((byte[]) state[4]);
        }
    }

    /** A SciPy matrix. */
    public static final class Matrix {

        private final String kind;
        private Map<String, Object> state = Map.of();

        private Matrix(String kind) {
            this.kind = kind;
        }

        /**
         * Called by the library with the matrix's fields.
         *
         * @param fields by name
         */
        // the library looks for a method of exactly this type
        @SuppressWarnings("NonApiType")
        public void __setstate__(HashMap<String, Object> fields) {
            state = fields;
        }

        private PickledMatrix places() {
            Object[] shape = (Object[]) state.getOrDefault("_shape", new Object[0]);
            if (shape.length != 2) {
                throw new IllegalArgumentException("it has " + shape.length + " dimensions instead of 2");
            }
            int rows = ((Number) shape[0]).intValue();
            int columns = ((Number) shape[1]).intValue();
            double[] values = array("data");
            double[] row = kind.equals("csr") ? rowsOf(array("indptr"), values.length) : coordinates(0, "row");
            double[] column = kind.equals("csr") ? array("indices") : coordinates(1, "col");
            if (row.length != values.length || column.length != values.length) {
                throw new IllegalArgumentException(
                        values.length + " values at " + row.length + " rows and " + column.length + " columns");
            }
            List<Pair> places = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                if (!(row[i] >= 0 && row[i] < rows && column[i] >= 0 && column[i] < columns)) {
                    throw new IllegalArgumentException("an entry at row " + (long) row[i] + ", column "
                            + (long) column[i] + " of " + rows + " × " + columns);
                }
                if (values[i] != 0) {
                    places.add(new Pair((int) row[i], (int) column[i]));
                }
            }
            return new PickledMatrix(rows, columns, places);
        }

        /** Older versions of SciPy keep two arrays, newer ones a pair of them. */
        private double[] coordinates(int axis, String before) {
            return state.get("coords") instanceof Object[] pair ? ((Array) pair[axis]).numbers : array(before);
        }

        private static double[] rowsOf(double[] starts, int count) {
            double[] rows = new double[count];
            for (int row = 0; row + 1 < starts.length; row++) {
                for (int i = (int) starts[row]; i < (int) starts[row + 1]; i++) {
                    rows[i] = row;
                }
            }
            return rows;
        }

        private double[] array(String field) {
            if (state.get(field) instanceof Array array) {
                return array.numbers;
            }
            throw new IllegalArgumentException("it has no array " + field);
        }
    }
}
