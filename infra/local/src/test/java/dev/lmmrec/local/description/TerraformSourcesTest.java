package dev.lmmrec.local.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * That the deployment on AWS is made of the same description. What Terraform makes of it is compared field by field in
 * {@code infra/terraform/checks}, which needs Terraform; this needs none.
 */
class TerraformSourcesTest {

    private static final Path TERRAFORM = Path.of("..", "terraform");

    /** Lambda's limit for a function with its layers. */
    private static final long UNPACKED_BYTES_MAX = 250L * 1024 * 1024;

    /** Whose components are the fields of the description. */
    private static final List<Class<? extends Record>> PARTS = List.of(
            Description.class,
            Table.class,
            Table.Index.class,
            Queue.class,
            Queue.DeadLetter.class,
            Bucket.class,
            Function.class,
            Mapping.FromQueue.class,
            Mapping.FromStream.class,
            Route.ToFunction.class,
            Route.ToQueue.class);

    private static String modules() throws IOException {
        try (Stream<Path> files = Files.walk(TERRAFORM.resolve("modules"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".tf")).toList();
            StringBuilder all = new StringBuilder();
            for (Path source : sources) {
                all.append(Files.readString(source));
            }
            return all.toString();
        }
    }

    @Test
    void everyField_isReadByTerraform() throws IOException {
        String sources = modules();

        List<String> unread = PARTS.stream()
                .flatMap(part -> Stream.of(part.getRecordComponents()).map(RecordComponent::getName))
                .distinct()
                .filter(field -> !sources.contains("." + field))
                .collect(Collectors.toList());

        assertThat(unread)
                .as("fields that the local deployment heeds and Terraform does not")
                .isEmpty();
    }

    @Test
    void environments_readTheDescriptionOfThisDeployment() throws IOException {
        assertThat(Files.readString(
                        TERRAFORM.resolve("modules").resolve("system").resolve("main.tf")))
                .contains("description = jsondecode(file(var.description_file))");
        for (String environment : List.of("dev", "prod")) {
            Path folder = TERRAFORM.resolve("environments").resolve(environment);
            String main = Files.readString(folder.resolve("main.tf"));
            assertThat(main).contains("description_file = \"${path.module}/../../../deployment.json\"");
            assertThat(folder.resolve("../../../deployment.json").normalize())
                    .isEqualTo(Path.of("..", "deployment.json"))
                    .exists();
        }
    }

    @Test
    void packages_unpacked_fitIntoLambda() throws IOException {
        for (Function function :
                Description.read(Path.of("..", "deployment.json")).functions().values()) {
            Path zip = Path.of("..", "..").resolve(function.zip());
            assumeThat(zip).as("built by ./mvnw package").exists();
            try (ZipFile file = new ZipFile(zip.toFile())) {
                long bytes = file.stream().mapToLong(ZipEntry::getSize).sum();

                assertThat(bytes).as(function.zip()).isPositive().isLessThan(UNPACKED_BYTES_MAX);
            }
        }
    }

    @Test
    void handlersAndPackages_areNotSaidTwice() throws IOException {
        String sources = modules();

        Description.read(Path.of("..", "deployment.json")).functions().forEach((name, function) -> assertThat(sources)
                .as(name)
                .doesNotContain(function.handler(), function.zip()));
    }
}
