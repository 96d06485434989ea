package dev.lmmrec.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The jar that {@link Leash} is loaded from, written when a deployment starts. */
public final class LeashJar {

    private LeashJar() {}

    /**
     * Writes the jar.
     *
     * @param folder where to
     * @return the jar
     * @throws IOException if it cannot be written
     */
    public static Path write(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Leash.class.getName());
        String entry = Leash.class.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve("leash.jar");
        try (InputStream code = Leash.class.getClassLoader().getResourceAsStream(entry);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            if (code == null) {
                throw new IOException("class " + entry + " is not on the class path");
            }
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}
