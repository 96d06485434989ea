package dev.lmmrec.local.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks tokens as API Gateway's HTTP APIs do: signed with RSA by a key of the issuer, for one of the audiences (claim
 * {@code aud}, or {@code client_id} where there is none), not expired and not for later; and, where a route asks for
 * scopes, with one of them ({@code scope} or {@code scp}). Safe for use by several threads.
 */
public final class TokenCheck {

    private static final String BEARER = "bearer ";
    private static final Duration DISCOVERY_MAX = Duration.ofSeconds(10);
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);

    private final Set<String> audience;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private TokenCheck(TokenSettings settings, JWKSource<SecurityContext> keys) {
        this.audience = Set.copyOf(settings.audience());
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("exp")));
    }

    /**
     * Prepares to check.
     *
     * @param settings which tokens are taken
     * @return the check
     * @throws LocalException if the issuer's keys cannot be found or are none
     */
    public static TokenCheck of(TokenSettings settings) {
        if (settings.audience().isEmpty()) {
            throw new LocalException("tokens of " + settings.issuer() + " for nobody: give at least one --audience");
        }
        return new TokenCheck(settings, keys(settings.keys().orElseGet(() -> askIssuer(settings.issuer()))));
    }

    private static JWKSource<SecurityContext> keys(String where) {
        if (where.startsWith("https://") || where.startsWith("http://")) {
            try {
                return JWKSourceBuilder.create(URI.create(where).toURL()).build();
            } catch (MalformedURLException | IllegalArgumentException e) {
                throw new LocalException("the address of the issuer's keys is none: " + where, e);
            }
        }
        try {
            return new ImmutableJWKSet<>(JWKSet.parse(Files.readString(Path.of(where))));
        } catch (IOException e) {
            throw new LocalException("cannot read the issuer's keys from " + where + ": " + e.getMessage(), e);
        } catch (ParseException e) {
            throw new LocalException(where + " is no set of keys (JWK set): " + e.getMessage(), e);
        }
    }

    /** OpenID Connect Discovery: an issuer tells where its keys are. */
    private static String askIssuer(String issuer) {
        String address = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
        String advice = "; give the keys' file or address with --jwks";
        try {
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(DISCOVERY_MAX)
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new LocalException(address + " answered " + response.statusCode() + advice);
            }
            JsonNode keys = new ObjectMapper().readTree(response.body()).path("jwks_uri");
            if (!keys.isTextual()) {
                throw new LocalException(address + " names no jwks_uri" + advice);
            }
            return keys.textValue();
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalException(
                    "the issuer does not tell its keys at " + address + " (" + e.getMessage() + ")" + advice, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("interrupted while asking " + address, e);
        }
    }

    /**
     * Looks at a request's token.
     *
     * @param authorization the header {@code Authorization}, with or without {@code Bearer} in front; empty if there is
     *     none
     * @param wanted scopes of which the token must have one; none to ask for none
     * @return what came of it
     */
    public Admission check(String authorization, Collection<String> wanted) {
        String token = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : authorization.strip();
        JWTClaimsSet claims;
        try {
            claims = processor.process(token, null);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return new Admission.Unknown();
        }
        if (!isForUs(claims)) {
            return new Admission.Unknown();
        }
        Set<String> scopes = scopes(claims);
        List<String> held = wanted.stream().filter(scopes::contains).toList();
        return wanted.isEmpty() || !held.isEmpty()
                ? new Admission.Admitted(texts(claims), held)
                : new Admission.NotAllowed();
    }

    private boolean isForUs(JWTClaimsSet claims) {
        List<String> named = claims.getAudience();
        if (named.isEmpty()) {
            return claims.getClaim("client_id") instanceof String client && audience.contains(client);
        }
        return named.stream().anyMatch(audience::contains);
    }

    private static Set<String> scopes(JWTClaimsSet claims) {
        Object said = claims.getClaim("scope") == null ? claims.getClaim("scp") : claims.getClaim("scope");
        if (said instanceof String text) {
            return Stream.of(text.strip().split("\\s+"))
                    .filter(scope -> !scope.isEmpty())
                    .collect(Collectors.toSet());
        }
        return said instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
    }

    private static Map<String, String> texts(JWTClaimsSet claims) {
        Map<String, String> texts = new LinkedHashMap<>();
        claims.getClaims().forEach((name, value) -> {
            if (value != null) {
                texts.put(name, text(name, value));
            }
        });
        return texts;
    }

    private static String text(String name, Object value) {
        if (value instanceof Date date) {
            return Long.toString(date.toInstant().getEpochSecond());
        }
        if (value instanceof Collection<?> list) {
            // the library makes a list of a single audience
            return name.equals("aud") && list.size() == 1
                    ? String.valueOf(list.iterator().next())
                    : list.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
        }
        return String.valueOf(value);
    }
}
