package dev.lmmrec.scoring.caller;

import java.util.List;
import java.util.Map;

/** Who asks. */
public sealed interface Caller {

    /**
     * Whether this caller may ask for a user.
     *
     * @param userId the user
     * @return true if the answer may be given
     */
    boolean mayAskFor(String userId);

    /**
     * Whether this caller may ask for anybody, and who there is.
     *
     * @return true for services
     */
    boolean isService();

    /** A program that acts for all users; or whoever asks, where the API was deployed to ask for no token. */
    record Service() implements Caller {

        @Override
        public boolean mayAskFor(String userId) {
            return true;
        }

        @Override
        public boolean isService() {
            return true;
        }
    }

    /**
     * A person, or a program in a person's name.
     *
     * @param subject the user whom the token is of
     */
    record EndUser(String subject) implements Caller {

        @Override
        public boolean mayAskFor(String userId) {
            return subject.equals(userId);
        }

        @Override
        public boolean isService() {
            return false;
        }
    }

    /** A token that names nobody. */
    record Nobody() implements Caller {

        @Override
        public boolean mayAskFor(String userId) {
            return false;
        }

        @Override
        public boolean isService() {
            return false;
        }
    }

    /**
     * Reads a checked token.
     *
     * @param claims what the token says, every value as text
     * @param serviceScope the scope that services have
     * @return whose it is
     */
    static Caller of(Map<String, String> claims, String serviceScope) {
        String scopes = claims.getOrDefault("scope", claims.getOrDefault("scp", ""));
        // a list is passed on as [a b]
        if (List.of(scopes.replaceAll("[\\[\\],]", " ").strip().split("\\s+", -1))
                .contains(serviceScope)) {
            return new Service();
        }
        String subject = claims.getOrDefault("sub", "");
        return subject.isEmpty() ? new Nobody() : new EndUser(subject);
    }
}
