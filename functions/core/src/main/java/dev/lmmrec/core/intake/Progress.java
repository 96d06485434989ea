package dev.lmmrec.core.intake;

/** Is told how far reading a file has come. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = (readBytes, sizeBytes) -> {};

    /**
     * More was read.
     *
     * @param readBytes bytes read so far, of a gzip file its packed bytes
     * @param sizeBytes the file's size when reading began
     */
    void read(long readBytes, long sizeBytes);
}
