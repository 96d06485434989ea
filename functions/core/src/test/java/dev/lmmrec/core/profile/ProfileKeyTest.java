package dev.lmmrec.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"user#u1", "item#B00/1", "user#a#b", "item##", "user#item#1", "item#ü \uD83D\uDE00"})
    void parse_writtenForm_comesBack(String written) {
        assertThat(ProfileKey.parse(written)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u1", "User#u1", "users#u1", "#u1", " user#u1", "user#", "item#"})
    void parse_anythingElse_isRefused(String written) {
        assertThatThrownBy(() -> ProfileKey.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_userAndItemOfOneId_differ() {
        assertThat(ProfileKey.user("x")).isNotEqualTo(ProfileKey.item("x"));
        assertThat(ProfileKey.user("x")).isEqualTo(ProfileKey.parse("user#x"));
    }
}
