package dev.lmmrec.local.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.lmmrec.local.failure.LocalException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {

    private static final Admission UNKNOWN = new Admission.Unknown();

    @TempDir
    private static Path folder;

    private static TestIssuer issuer;
    private static TokenCheck check;

    @BeforeAll
    static void open() throws Exception {
        issuer = new TestIssuer();
        check = TokenCheck.of(issuer.settings(folder));
    }

    private static Admission look(JWTClaimsSet claims, String... wanted) throws Exception {
        return check.check("Bearer " + issuer.token(claims), List.of(wanted));
    }

    @Test
    void token_ofTheIssuerForUs_isAdmittedWithItsClaimsAsText() throws Exception {
        Admission admission = look(TestIssuer.claims("u013")
                .claim("groups", List.of("a", "b"))
                .claim("verified", true)
                .build());

        assertThat(admission).isInstanceOfSatisfying(Admission.Admitted.class, admitted -> {
            assertThat(admitted.claims())
                    .containsEntry("sub", "u013")
                    .containsEntry("aud", TestIssuer.AUDIENCE)
                    .containsEntry("groups", "[a b]")
                    .containsEntry("verified", "true");
            assertThat(admitted.claims().get("exp")).matches("\\d{10}");
            assertThat(admitted.scopes()).isEmpty();
        });
    }

    @Test
    void token_maySayThatItIsAnAccessToken_andComeWithoutTheWordBearer() throws Exception {
        String token = issuer.token(TestIssuer.claims("u013").build(), new JOSEObjectType("at+jwt"));

        assertThat(check.check(token, List.of())).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void token_withoutAudience_isJudgedByItsClient() throws Exception {
        assertThat(look(TestIssuer.claims("u013")
                        .audience((String) null)
                        .claim("client_id", TestIssuer.AUDIENCE)
                        .build()))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(look(TestIssuer.claims("u013")
                        .audience((String) null)
                        .claim("client_id", "another")
                        .build()))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void scopes_ofWhichTheTokenHasOne_areTold() throws Exception {
        JWTClaimsSet text =
                TestIssuer.claims("s").claim("scope", "openid lmmrec/service").build();
        JWTClaimsSet list = TestIssuer.claims("s")
                .claim("scp", List.of("openid", "lmmrec/service"))
                .build();

        for (JWTClaimsSet claims : List.of(text, list)) {
            assertThat(look(claims, "other", "lmmrec/service"))
                    .isInstanceOfSatisfying(Admission.Admitted.class, admitted -> assertThat(admitted.scopes())
                            .containsExactly("lmmrec/service"));
            assertThat(look(claims, "lmmrec")).isEqualTo(new Admission.NotAllowed());
        }
        assertThat(look(TestIssuer.claims("s").build(), "lmmrec/service")).isEqualTo(new Admission.NotAllowed());
    }

    @Test
    void token_thatIsExpiredOrForLaterOrForOthersOrOfOthers_isUnknown() throws Exception {
        Instant now = Instant.now();
        assertThat(List.of(
                        TestIssuer.claims("u")
                                .expirationTime(Date.from(now.minusSeconds(300)))
                                .build(),
                        TestIssuer.claims("u").expirationTime(null).build(),
                        TestIssuer.claims("u")
                                .notBeforeTime(Date.from(now.plusSeconds(300)))
                                .build(),
                        TestIssuer.claims("u").audience("somebody-else").build(),
                        TestIssuer.claims("u").issuer("https://issuer.test").build(),
                        TestIssuer.claims("u").issuer(null).build()))
                .allSatisfy(claims -> assertThat(look(claims)).isEqualTo(UNKNOWN));
    }

    @Test
    void token_thatAnotherKeySigned_isUnknown() throws Exception {
        String forged = new TestIssuer().token(TestIssuer.claims("u013").build());

        assertThat(check.check("Bearer " + forged, List.of())).isEqualTo(UNKNOWN);
    }

    @Test
    void token_thatNobodySigned_orThePublicKeyDid_isUnknown() throws Exception {
        JWTClaimsSet claims = TestIssuer.claims("u013").build();
        SignedJWT byPublicKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims);
        byPublicKey.sign(new MACSigner(issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));

        assertThat(check.check("Bearer " + new PlainJWT(claims).serialize(), List.of()))
                .isEqualTo(UNKNOWN);
        assertThat(check.check("Bearer " + byPublicKey.serialize(), List.of())).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer x", "Basic dTpw", "a.b.c", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AA"
            })
    void noToken_isUnknown(String header) {
        assertThat(check.check(header, List.of())).isEqualTo(UNKNOWN);
    }

    @Test
    void changedToken_isUnknown() throws Exception {
        String token = issuer.token(TestIssuer.claims("u013").build());
        String[] parts = token.split("\\.", -1);
        String other = issuer.token(TestIssuer.claims("u014").build()).split("\\.", -1)[1];

        assertThat(check.check("Bearer " + parts[0] + "." + other + "." + parts[2], List.of()))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void keys_areFoundWhereTheIssuerSaysTheyAre() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String name = "http://localhost:" + server.getAddress().getPort() + "/realm";
        answer(server, "/realm/.well-known/openid-configuration", "{\"jwks_uri\":\"" + name + "/keys\"}");
        answer(server, "/realm/keys", issuer.keys());
        server.start();
        try {
            TokenCheck asking = TokenCheck.of(new TokenSettings(name, List.of(TestIssuer.AUDIENCE), Optional.empty()));
            String token = issuer.token(TestIssuer.claims("u013").issuer(name).build());

            assertThat(asking.check("Bearer " + token, List.of())).isInstanceOf(Admission.Admitted.class);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void settings_withoutKeysToBeFound_areRefusedWithAdvice() throws Exception {
        Path none = Files.writeString(folder.resolve("none.json"), "{\"keys\": 7}");
        List<String> audience = List.of("lmmrec");

        assertThatThrownBy(() -> TokenCheck.of(new TokenSettings("http://localhost:1/x", audience, Optional.empty())))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("http://localhost:1/x/.well-known/openid-configuration")
                .hasMessageContaining("--jwks");
        assertThatThrownBy(() -> TokenCheck.of(new TokenSettings("i", audience, Optional.of(none.toString()))))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> TokenCheck.of(new TokenSettings(
                        "i",
                        audience,
                        Optional.of(folder.resolve("missing.json").toString()))))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("missing.json");
        assertThatThrownBy(() -> TokenCheck.of(new TokenSettings("i", List.of(), Optional.empty())))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("--audience");
    }
}
