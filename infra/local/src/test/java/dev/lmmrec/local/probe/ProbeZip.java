package dev.lmmrec.local.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs {@link ProbeFunction} as a function zip. */
public final class ProbeZip {

    /** The handler's name. */
    public static final String HANDLER = ProbeFunction.class.getName() + "::handleRequest";

    private ProbeZip() {}

    /**
     * Writes the zip.
     *
     * @param folder where to
     * @return the zip
     * @throws IOException if it cannot be written
     */
    public static Path write(Path folder) throws IOException {
        Path zip = folder.resolve("function.zip");
        String entry = ProbeFunction.class.getName().replace('.', '/') + ".class";
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                InputStream code = ProbeZip.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new ZipEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
        return zip;
    }
}
