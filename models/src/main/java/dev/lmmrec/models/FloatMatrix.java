package dev.lmmrec.models;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A matrix {@code [rows, columns]} in a file of NumPy's format ({@code .npy}, version 1.0, little-endian float32, rows
 * one after the other), mapped into memory: opening it reads nothing but the header. Safe for use by several threads.
 */
public final class FloatMatrix {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREFIX_BYTES = MAGIC.length + Short.BYTES;

    /** NumPy aligns the numbers to it. */
    private static final int ALIGNMENT = 64;

    private static final Pattern HEADER =
            Pattern.compile("\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), }\\s*");

    private final int rows;
    private final int columns;
    private final FloatBuffer values;

    private FloatMatrix(int rows, int columns, FloatBuffer values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * Writes a matrix.
     *
     * @param file is replaced
     * @param rows how many
     * @param columns how many
     * @param row gives each row by its index
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if a row has another length
     */
    public static void write(Path file, int rows, int columns, IntFunction<float[]> row) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int padding = ALIGNMENT - (PREFIX_BYTES + header.length() + 1) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        prefix.put(MAGIC).putShort((short) text.length);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(prefix.array());
            out.write(text);
            ByteBuffer bytes = ByteBuffer.allocate(columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < rows; i++) {
                float[] numbers = row.apply(i);
                if (numbers.length != columns) {
                    throw new IllegalArgumentException(
                            "row " + i + " has " + numbers.length + " numbers, must have " + columns);
                }
                bytes.asFloatBuffer().put(numbers);
                out.write(bytes.array());
            }
        }
    }

    /**
     * Maps a matrix.
     *
     * @param file stays as it is while the matrix is used
     * @return the matrix
     * @throws DamagedArtefactException if it is no such file, or shorter or longer than its header says
     * @throws IOException if it cannot be read
     */
    public static FloatMatrix map(Path file) throws IOException, DamagedArtefactException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer prefix = read(channel, 0, PREFIX_BYTES);
            byte[] magic = new byte[MAGIC.length];
            prefix.get(magic);
            int headerBytes = prefix.getShort() & 0xffff;
            Matcher header = HEADER.matcher(StandardCharsets.US_ASCII
                    .decode(read(channel, PREFIX_BYTES, headerBytes))
                    .toString());
            if (!Arrays.equals(magic, MAGIC) || !header.matches()) {
                throw new DamagedArtefactException(file + " is no NumPy file of float32 rows");
            }
            int rows = Integer.parseInt(header.group(1));
            int columns = Integer.parseInt(header.group(2));
            long offset = (long) PREFIX_BYTES + headerBytes;
            long bytes = (long) rows * columns * Float.BYTES;
            if (channel.size() - offset != bytes || bytes > Integer.MAX_VALUE) {
                throw new DamagedArtefactException(file + " has " + (channel.size() - offset) + " bytes of numbers, "
                        + rows + " × " + columns + " floats are " + bytes + "; at most " + Integer.MAX_VALUE
                        + " can be read");
            }
            return new FloatMatrix(
                    rows,
                    columns,
                    channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer());
        } catch (EOFException e) {
            throw new DamagedArtefactException(file + " is no NumPy file of float32 rows: it ends too early", e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    /**
     * Its height.
     *
     * @return how many rows
     */
    public int rows() {
        return rows;
    }

    /**
     * Its width.
     *
     * @return how many columns
     */
    public int columns() {
        return columns;
    }

    /**
     * Copies a row.
     *
     * @param row its index
     * @param into filled in, {@code [columns]}
     */
    public void row(int row, float[] into) {
        values.get(row * columns, into, 0, columns);
    }

    /**
     * A row.
     *
     * @param row its index
     * @return {@code [columns]}, a copy
     */
    public float[] row(int row) {
        float[] copy = new float[columns];
        row(row, copy);
        return copy;
    }
}
