package dev.lmmrec.local.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.local.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A native executable holds only what it is told of, and what it was not told of is missed at run time; native code
 * that looks for a class and does not find it ends the process. What must be told is worked out from the built zips.
 */
class NativeMetadataIT {

    private static final List<String> FUNCTIONS = List.of("extraction", "embedding", "scoring");

    @TempDir
    private Path folder;

    static List<String> functions() {
        return FUNCTIONS;
    }

    private FunctionZip unpacked(String function) throws IOException {
        Path zip = RepositoryRoot.above(Path.of("").toAbsolutePath())
                .resolve("functions")
                .resolve(function)
                .resolve("target")
                .resolve("function.zip");
        assertThat(zip).as("the zip of %s; run ./mvnw package", function).isRegularFile();
        return FunctionZip.unpack(function, zip, Files.createDirectory(folder.resolve(function)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatAFunctionReachesByName_isToldToTheCompiler(String function) throws IOException {
        try (FunctionZip zip = unpacked(function)) {
            NativeMetadata metadata = zip.metadata();

            assertThat(zip.needed())
                    .as("what %s reaches by name at run time", function)
                    .isNotEmpty()
                    .allMatch(metadata::allows, "is in a META-INF/native-image/…/reachability-metadata.json");
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void anythingTakenAway_isMissed(String function) throws IOException {
        try (FunctionZip zip = unpacked(function)) {
            NativeMetadata metadata = zip.metadata();

            assertThat(zip.needed())
                    .isNotEmpty()
                    .allMatch(access -> !metadata.without(access).allows(access), "is missed when it is taken away");
        }
    }

    @Test
    void whatWeTellTheCompiler_isNeededByAFunctionAndNamedOneByOne() throws IOException {
        Set<Access> told = new LinkedHashSet<>();
        Set<Access> needed = new LinkedHashSet<>();
        for (String function : FUNCTIONS) {
            try (FunctionZip zip = unpacked(function)) {
                told.addAll(zip.ownMetadata().types());
                for (Access access : zip.needed()) {
                    needed.add(access);
                    // a type is named with its members, and by Jackson's need of all of them
                    boolean all = access.way() == Access.Way.SERIALISATION;
                    needed.add(Access.of(all ? Access.Way.REFLECTION : access.way(), access.name()));
                }
                assertThat(zip.ownMetadata().globs()).noneMatch(glob -> glob.contains("**"));
            }
        }
        told.removeAll(needed);

        assertThat(told).as("told and not needed").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void librariesOfNativeCode_areInitialisedAtRunTime(String function) throws IOException {
        try (FunctionZip zip = unpacked(function)) {
            List<String> libraries = function.equals("scoring")
                    ? List.of("ai.onnxruntime")
                    : List.of("ai.onnxruntime", "ai.djl", "com.sun.jna");

            assertThat(libraries).allSatisfy(library -> assertThat(zip.arguments())
                    .containsPattern("--initialize-at-run-time=\\S*" + library.replace(".", "\\.")));
        }
    }
}
