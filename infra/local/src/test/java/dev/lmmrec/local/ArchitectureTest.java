package dev.lmmrec.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions in which the rooms may know each other, checked on the compiled classes of every module. */
class ArchitectureTest {

    private static final Path ROOT = RepositoryRoot.above(Path.of("").toAbsolutePath());
    private static final String OURS = "dev.lmmrec..";
    private static final String[] LAMBDA = {"com.amazonaws..", "io.quarkus.funqy..", "io.quarkus.amazon.lambda.."};
    private static final String QUARKUS = "io.quarkus..";
    private static final String LANGCHAIN = "dev.langchain4j..";
    private static final String[] ONNX_RUNTIME = {"ai.onnxruntime.."};

    /** Classes by room; a room's classes live below {@code dev.lmmrec.ROOM}. */
    private static final Map<String, JavaClasses> ROOMS = new TreeMap<>();

    private static JavaClasses all;

    @BeforeAll
    static void readClasses() throws IOException {
        Map<String, Path> modules = new TreeMap<>(Map.of(
                "models", ROOT.resolve("models"),
                "training", ROOT.resolve("training"),
                "local", ROOT.resolve("infra").resolve("local")));
        try (Stream<Path> functions = Files.list(ROOT.resolve("functions"))) {
            functions
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .forEach(folder -> modules.put(folder.getFileName().toString(), folder));
        }
        ClassFileImporter importer = new ClassFileImporter();
        List<Path> folders = new ArrayList<>();
        modules.forEach((room, module) -> {
            Path classes = module.resolve("target").resolve("classes");
            assertThat(classes)
                    .as("compiled classes of %s; run ./mvnw package", room)
                    .isDirectory();
            ROOMS.put(room, importer.importPath(classes));
            folders.add(classes);
        });
        all = importer.importPaths(folders);
    }

    private static String[] rooms(String... names) {
        return Stream.of(names)
                .map(name -> {
                    assertThat(ROOMS).containsKey(name);
                    return "dev.lmmrec." + name + "..";
                })
                .toArray(String[]::new);
    }

    /** All rooms but these. */
    private static String[] roomsBut(String... names) {
        return rooms(ROOMS.keySet().stream()
                .filter(room -> !List.of(names).contains(room))
                .toArray(String[]::new));
    }

    private static String[] both(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private static void mayKnow(String room, String... others) {
        noClasses()
                .that()
                .resideInAPackage("dev.lmmrec." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(roomsBut(both(others, room)))
                .check(all);
    }

    private static void mustNotKnow(String room, String... packages) {
        noClasses()
                .that()
                .resideInAPackage("dev.lmmrec." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(all);
    }

    @Test
    void rooms_areAllThere_andHoldTheirOwnPackagesOnly() {
        assertThat(ROOMS)
                .containsOnlyKeys(
                        "core",
                        "encoder",
                        "reading",
                        "extraction",
                        "embedding",
                        "scoring",
                        "models",
                        "training",
                        "local");
        ROOMS.forEach((room, classes) -> assertThat(classes)
                .as("classes of %s", room)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getPackageName() + ".").startsWith("dev.lmmrec." + room + ".")));
    }

    /** Should a rule be written wrong, all others could pass by accident: these dependencies are known to exist. */
    @Test
    void rules_seeDependenciesThatExist() {
        assertThat(dependencies("scoring", "models")).isTrue();
        assertThat(dependencies("training", "core")).isTrue();
        assertThat(dependencies("extraction", "core")).isTrue();
        assertThat(dependencies("core", "scoring")).isFalse();
    }

    private static boolean dependencies(String from, String to) {
        return ROOMS.get(from).stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName() + ".")
                .anyMatch(name -> name.startsWith("dev.lmmrec." + to + "."));
    }

    @Test
    void core_knowsNobodyAndNeitherLambdaNorModelsOfLanguage() {
        mayKnow("core");
        mustNotKnow("core", both(LAMBDA, QUARKUS, LANGCHAIN, ONNX_RUNTIME[0], "ai.onnx..", "ai.djl.."));
    }

    @Test
    void models_knowNobodyAndNoRuntime() {
        mayKnow("models");
        mustNotKnow("models", both(LAMBDA, QUARKUS, LANGCHAIN, ONNX_RUNTIME[0], "ai.onnx..", "ai.djl.."));
    }

    @Test
    void encoder_knowsCoreAndNoLambdaNorLanguageModel() {
        mayKnow("encoder", "core");
        mustNotKnow("encoder", both(LAMBDA, QUARKUS, LANGCHAIN));
    }

    @Test
    void reading_knowsCoreAndEncoderAndNoLambdaNorLanguageModel() {
        mayKnow("reading", "core", "encoder");
        mustNotKnow("reading", both(LAMBDA, QUARKUS, LANGCHAIN));
    }

    @Test
    void extraction_knowsCoreAndReading() {
        mayKnow("extraction", "core", "reading");
        mustNotKnow("extraction", ONNX_RUNTIME);
    }

    @Test
    void embeddingAndScoring_knowCoreAndModelsButNoLanguageModel() {
        mayKnow("embedding", "core", "encoder", "models");
        mayKnow("scoring", "core", "models");
        mustNotKnow("embedding", LANGCHAIN);
        mustNotKnow("scoring", LANGCHAIN);
    }

    @Test
    void training_knowsNoFunctionAndNoLambda() {
        mayKnow("training", "core", "encoder", "models", "reading");
        mustNotKnow("training", both(LAMBDA, QUARKUS, LANGCHAIN));
    }

    @Test
    void localDeployment_knowsNothingOfOurs() {
        mayKnow("local");
        mustNotKnow("local", both(LAMBDA, QUARKUS, LANGCHAIN, ONNX_RUNTIME[0]));
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.lmmrec.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void classes_areNamedByWhatTheyAre() {
        noClasses()
                .that()
                .resideInAPackage(OURS)
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)(\\$.*)?")
                .check(all);
    }

    @Test
    void packages_sayWhatLivesInThem() {
        List<String> silent = all.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(itsPackage -> !Files.exists(sourceOf(itsPackage.getName())))
                .map(itsPackage -> itsPackage.getName() + " has no package-info.java")
                .toList();
        assertThat(silent).isEmpty();
    }

    private static Path sourceOf(String packageName) {
        String room = packageName.split("\\.", -1)[2];
        Path module =
                switch (room) {
                    case "models", "training" -> ROOT.resolve(room);
                    case "local" -> ROOT.resolve("infra").resolve(room);
                    default -> ROOT.resolve("functions").resolve(room);
                };
        return module.resolve("src/main/java")
                .resolve(packageName.replace('.', '/'))
                .resolve("package-info.java");
    }
}
