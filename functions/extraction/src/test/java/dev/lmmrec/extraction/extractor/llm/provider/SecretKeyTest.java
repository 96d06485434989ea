package dev.lmmrec.extraction.extractor.llm.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against the wire format of AWS Secrets Manager. */
class SecretKeyTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:openai-AbCdEf";

    /** What the SDK looks for by itself; on Lambda all of it is there. */
    private static final Map<String, String> SURROUNDINGS =
            Map.of("aws.region", "eu-central-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @BeforeEach
    void surround() {
        SURROUNDINGS.forEach(System::setProperty);
    }

    @AfterEach
    void forget() {
        SURROUNDINGS.keySet().forEach(System::clearProperty);
    }

    @Test
    void secret_isReadByItsArn_andTheWholeOfItsTextIsTheKey() {
        answer("{\"ARN\":\"" + ARN + "\",\"SecretString\":\"sk-123\\n\"}");

        assertThat(key().read(ARN)).isEqualTo("sk-123");
    }

    @Test
    void secretWithoutText_isRefused() {
        answer("{\"ARN\":\"" + ARN + "\",\"SecretBinary\":\"AAAA\"}");

        assertThatThrownBy(() -> key().read(ARN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the secret " + ARN + " has no text; put the key in as text");
    }

    @Test
    void secretThatMayNotBeRead_isToldWithTheRightThatIsMissing() {
        SERVER.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/x-amz-json-1.1")
                        .withBody("{\"__type\":\"AccessDeniedException\",\"Message\":\"not authorized\"}")));

        assertThatThrownBy(() -> key().read(ARN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the secret " + ARN + " cannot be read: ")
                .hasMessageContaining("not authorized")
                .hasMessageEndingWith("the function's role needs secretsmanager:GetSecretValue on it");
    }

    private static void answer(String body) {
        SERVER.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                .withRequestBody(matchingJsonPath("$.SecretId", equalTo(ARN)))
                .willReturn(okJson(body)));
    }

    private static SecretKey key() {
        return new SecretKey(Optional.of(URI.create(SERVER.baseUrl())), Duration.ofMinutes(5));
    }
}
