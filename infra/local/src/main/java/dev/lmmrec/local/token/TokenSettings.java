package dev.lmmrec.local.token;

import java.util.List;
import java.util.Optional;

/**
 * Which tokens are taken.
 *
 * @param issuer who signs them, the claim {@code iss} to the letter
 * @param audience for whom they must be, one of these
 * @param keys the address or the file of the issuer's public keys (a JWK set); empty to ask the issuer where they are
 */
public record TokenSettings(String issuer, List<String> audience, Optional<String> keys) {

    /** Copies the audience. */
    public TokenSettings {
        audience = List.copyOf(audience);
    }
}
