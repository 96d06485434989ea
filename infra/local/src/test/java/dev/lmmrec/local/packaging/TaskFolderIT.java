package dev.lmmrec.local.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.probe.ProbeZip;
import dev.lmmrec.local.process.LeashJar;
import dev.lmmrec.local.runtime.FunctionSettings;
import dev.lmmrec.local.runtime.FunctionZip;
import dev.lmmrec.local.runtime.LambdaFunction;
import dev.lmmrec.local.runtime.Outcome;
import dev.lmmrec.local.runtime.RuntimeLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for the cut-down JVM: the one that runs the tests, told nothing of archives that it may not know. */
class TaskFolderIT {

    private static final String MACHINE = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
    private static final String OTHER = MACHINE.equals("x64") ? "aarch64" : "x64";

    @TempDir
    private Path folder;

    private Path runtime;
    private Path zip;
    private TaskFolder task;

    @BeforeEach
    void layOut() throws IOException {
        runtime = RepositoryRoot.above(Path.of("").toAbsolutePath())
                .resolve(Path.of("infra", "local", "servers", "runtime", "target", "lib"));
        zip = ProbeZip.write(folder);
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            Path jar = Files.createDirectory(files.getPath("/lib")).resolve("onnxruntime.jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out)) {
                for (String name : List.of(
                        "ai/onnxruntime/OrtSession.class",
                        "ai/onnxruntime/native/linux-" + MACHINE + "/libonnxruntime.so",
                        "ai/onnxruntime/native/linux-" + OTHER + "/libonnxruntime.so",
                        "native/lib/tokenizers.properties")) {
                    entries.putNextEntry(new JarEntry(name));
                    entries.write(name.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        Path java = Files.createDirectories(folder.resolve("jre/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for option; do
                  shift
                  case $option in -XX:AOT*) ;; *) set -- "$@" "$option" ;; esac
                done
                exec '%s/bin/java' "$@"
                """.formatted(System.getProperty("java.home")));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        task = TaskFolder.of(zip, folder.resolve("jre"), runtime, folder.resolve("task"));
    }

    private Path unpacked(String name) throws IOException {
        Path written = folder.resolve(name + ".zip");
        task.write(written);
        FunctionZip.unpack(written, folder.resolve(name));
        return folder.resolve(name);
    }

    @Test
    void nativeLibraries_lieBesideTheExecutable_andOnlyThere() throws IOException {
        Path unpacked = unpacked("function");

        assertThat(unpacked.resolve("jre/bin/libonnxruntime.so"))
                .hasContent("ai/onnxruntime/native/linux-" + MACHINE + "/libonnxruntime.so");
        assertThat(unpacked.resolve("jre/bin").resolve(RuntimeLibrary.NATIVE_LIBRARY))
                .isNotEmptyFile();
        try (JarFile jar = new JarFile(unpacked.resolve("lib/onnxruntime.jar").toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .containsExactly("ai/onnxruntime/OrtSession.class", "native/lib/tokenizers.properties");
        }
    }

    @Test
    void classPath_isOfJarsAndRelative() throws IOException {
        String options = Files.readString(unpacked("function").resolve("options"));

        assertThat(options.substring(options.indexOf("-cp ") + 4).strip().split(":"))
                .contains("lib/function.jar", "lib/onnxruntime.jar")
                .allMatch(entry -> entry.endsWith(".jar") && !entry.startsWith("/"));
    }

    @Test
    void jars_keepTheirTime_whereverTheyAreUnpacked() throws IOException {
        FileTime here = Files.getLastModifiedTime(unpacked("here").resolve("lib/function.jar"));
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            assertThat(Files.getLastModifiedTime(unpacked("there").resolve("lib/function.jar")))
                    .isEqualTo(here);
            FunctionZip.unpack(folder.resolve("here.zip"), folder.resolve("elsewhere"));
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(Files.getLastModifiedTime(folder.resolve("elsewhere/lib/function.jar")))
                .isEqualTo(here);
    }

    @Test
    void functionWithItsOwnJvm_answersOverTheRuntimeApi() throws Exception {
        FunctionSettings settings = new FunctionSettings(
                "probe",
                "eu-west-1",
                ProbeZip.HANDLER,
                unpacked("function"),
                RuntimeLibrary.unpack(runtime, folder),
                folder,
                LeashJar.write(folder),
                folder.resolve("log"),
                512,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                1,
                Map.of());
        try (LambdaFunction function = new LambdaFunction(settings)) {
            Outcome outcome = function.invoke("\"hello\"".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(1));

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Answered.class, answered -> assertThat(answered.text())
                    .isEqualTo("\"hello\""));
        }
    }
}
