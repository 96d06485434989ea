package dev.lmmrec.local.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackagingTest {

    private static final String DESCRIBED = "functions/scoring/target/function.zip";

    @Test
    void zip_ofJars_isTheDescribedOne() {
        assertThat(Packaging.JVM.zip(DESCRIBED)).isEqualTo(DESCRIBED);
    }

    @Test
    void zip_forOneKindOfProcessor_isNamedAsTheDeploymentOnAwsNamesIt() {
        assertThat(Packaging.NATIVE.zip(DESCRIBED))
                .matches("functions/scoring/target/function-native-(x86_64|arm64).zip");
        assertThat(Packaging.JVM_AOT.zip(DESCRIBED))
                .matches("functions/scoring/target/function-jvm-aot-(x86_64|arm64).zip");
    }
}
