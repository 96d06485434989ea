package dev.lmmrec.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files that may be compressed: their first two bytes tell, whatever their name is. */
public final class Gzip {

    private static final int FIRST_BYTE = 0x1F;
    private static final int SECOND_BYTE = 0x8B;
    private static final int BUFFER_BYTES = 1 << 16;

    private Gzip() {}

    /**
     * Whether a stream is compressed.
     *
     * @param markable the stream at its beginning, where it stays; must support marks
     * @return true if it begins as gzip does
     * @throws IOException if it cannot be read
     */
    public static boolean begins(InputStream markable) throws IOException {
        markable.mark(2);
        boolean gzip = markable.read() == FIRST_BYTE && markable.read() == SECOND_BYTE;
        markable.reset();
        return gzip;
    }

    /**
     * Unpacks what is compressed.
     *
     * @param markable the stream at its beginning; must support marks
     * @return what it holds: the stream itself if it is not compressed
     * @throws IOException if it cannot be read, or has a damaged header
     */
    public static InputStream unpacked(InputStream markable) throws IOException {
        return begins(markable) ? new GZIPInputStream(markable, BUFFER_BYTES) : markable;
    }
}
