package dev.lmmrec.local.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** An issuer with a key of its own, made for one test. */
public final class TestIssuer {

    /** What it calls itself. */
    public static final String NAME = "https://issuer.test/";

    /** For whom its tokens are. */
    public static final String AUDIENCE = "lmmrec";

    private final RSAKey key;

    public TestIssuer() throws JOSEException {
        this.key = new RSAKeyGenerator(2048).keyID("first").generate();
    }

    RSAKey key() {
        return key;
    }

    /** The public keys as issuers publish them. */
    public String keys() {
        return new JWKSet(key).toPublicJWKSet().toString();
    }

    /** Settings that take its tokens, the keys being in a file. */
    public TokenSettings settings(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), keys());
        return new TokenSettings(NAME, List.of(AUDIENCE), Optional.of(file.toString()));
    }

    /** Claims that are right, to be changed. */
    public static JWTClaimsSet.Builder claims(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    /** A signed token. */
    public String token(JWTClaimsSet claims) throws JOSEException {
        return token(claims, JOSEObjectType.JWT);
    }

    String token(JWTClaimsSet claims, JOSEObjectType type) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(type)
                        .build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
