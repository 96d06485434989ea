package dev.lmmrec.scoring.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    private static final String SCOPE = "lmmrec/service";

    @ParameterizedTest
    @ValueSource(strings = {"lmmrec/service", "openid lmmrec/service", "[lmmrec/service openid]", " lmmrec/service "})
    void token_withTheServiceScope_isAServices(String scopes) {
        assertThat(Caller.of(Map.of("sub", "alice", "scope", scopes), SCOPE)).isEqualTo(new Caller.Service());
        assertThat(Caller.of(Map.of("scp", scopes), SCOPE)).isEqualTo(new Caller.Service());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "openid", "lmmrec/services", "lmmrec", "service", "xlmmrec/service", "openid openid"})
    void token_withoutIt_isItsSubjects(String scopes) {
        Caller caller = Caller.of(Map.of("sub", "alice", "scope", scopes), SCOPE);

        assertThat(caller).isEqualTo(new Caller.EndUser("alice"));
        assertThat(caller.mayAskFor("alice")).isTrue();
        assertThat(caller.mayAskFor("Alice")).isFalse();
        assertThat(caller.isService()).isFalse();
    }

    @Test
    void token_thatNamesNobody_mayAskForNobody() {
        Caller caller = Caller.of(Map.of("scope", "openid"), SCOPE);

        assertThat(caller).isEqualTo(new Caller.Nobody());
        assertThat(caller.mayAskFor("")).isFalse();
    }
}
