package dev.lmmrec.bench.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FastZipTest {

    @TempDir
    Path folder;

    private static void zip(OutputStream to, Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(to)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FastZip layOut() throws IOException {
        ByteArrayOutputStream onnx = new ByteArrayOutputStream();
        zip(onnx, Map.of("ai/onnxruntime/native/linux-x64/libonnxruntime.so", text("machine"), "A.class", text("a")));
        try (OutputStream plain = Files.newOutputStream(folder.resolve("function.zip"))) {
            zip(
                    plain,
                    Map.of(
                            "dev/Loose.class", text("loose"),
                            "lib/z.jar", text("z"),
                            "lib/com.microsoft.onnxruntime.jar", onnx.toByteArray()));
        }
        Files.createDirectories(folder.resolve("runtime"));
        Files.write(folder.resolve("runtime/client.jar"), text("client"));
        return FastZip.layOut(
                folder.resolve("function.zip"), folder.resolve("runtime"), folder.resolve("function-fast.zip"));
    }

    @Test
    void zip_laidOut_holdsJarsLibrariesAndTheirOrder() throws IOException {
        FastZip zip = layOut();

        assertThat(zip.names())
                .containsExactly(
                        "classpath",
                        "dev/Loose.class",
                        "function.jar",
                        "lib/com.microsoft.onnxruntime.jar",
                        "lib/z.jar",
                        "native/linux-x64/libonnxruntime.so",
                        "runtime/client.jar",
                        "start");
        try (FileSystem entries = FileSystems.newFileSystem(zip.file())) {
            assertThat(Files.readString(entries.getPath("classpath")))
                    .isEqualTo("function.jar:lib/com.microsoft.onnxruntime.jar:lib/z.jar:runtime/client.jar");
            assertThat(Files.readString(entries.getPath("native/linux-x64/libonnxruntime.so")))
                    .isEqualTo("machine");
        }
    }

    /** An archive is used only with jars of the sizes and times that it was made with. */
    @Test
    void sameZip_laidOutAgain_holdsTheSameJarsOfTheSameTimes() throws IOException {
        Map<String, String> first = jars(layOut());

        assertThat(jars(layOut()))
                .isEqualTo(first)
                .containsKeys("function.jar", "lib/com.microsoft.onnxruntime.jar", "lib/z.jar", "runtime/client.jar");
    }

    private static Map<String, String> jars(FastZip zip) throws IOException {
        Map<String, String> jars = new TreeMap<>();
        try (FileSystem entries = FileSystems.newFileSystem(zip.file())) {
            for (String name : zip.names()) {
                if (name.endsWith(".jar")) {
                    Path jar = entries.getPath(name);
                    jars.put(
                            name,
                            Files.getLastModifiedTime(jar) + " "
                                    + HexFormat.of().formatHex(Files.readAllBytes(jar)));
                }
            }
        }
        return jars;
    }

    @Test
    void start_runsJavaWithItsOwnClassPathFirst_andKeepsWhatElseItWasGiven() throws Exception {
        Path task = Files.createDirectories(folder.resolve("task with space"));
        try (FileSystem entries = FileSystems.newFileSystem(layOut().file())) {
            for (String name : new String[] {"start", "classpath"}) {
                Files.copy(entries.getPath(name), task.resolve(name));
            }
        }
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor argument in \"$@\"; do echo \"$argument\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        assertThat(task.resolve("start").toFile().setExecutable(true)).isTrue();
        Files.createFile(task.resolve("start.aot"));

        Process process = new ProcessBuilder(
                        task.resolve("start").toString(),
                        java.toString(),
                        "-Xmx1g",
                        "-Da=b c",
                        "-XX:SharedArchiveFile=/var/lang/other.jsa",
                        "-cp",
                        "/var/runtime/lib/x.jar",
                        "the.Main",
                        "handler::method",
                        "-cp")
                .redirectErrorStream(true)
                .start();

        assertThat(process.inputReader(StandardCharsets.UTF_8).lines())
                .satisfies(lines -> assertThat(lines.get(3)).startsWith("-Donnxruntime.native.path=" + task))
                .filteredOn(line -> !line.startsWith("-Donnxruntime"))
                .containsExactly(
                        "-Xmx1g",
                        "-Da=b c",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:AOTCache=start.aot",
                        "-cp",
                        "function.jar:lib/com.microsoft.onnxruntime.jar:lib/z.jar:runtime/client.jar:/var/runtime/lib/x.jar",
                        "the.Main",
                        "handler::method",
                        "-cp");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
