package org.cofferhsm.hsm.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void aPinMayHoldColons() {
        Credentials credentials =
                Credentials.parse("alice:a:b:c".toCharArray(), Optional.empty()).orElseThrow();
        assertThat(credentials.user()).isEqualTo("alice");
        assertThat(credentials.pin()).containsExactly("a:b:c".toCharArray());
    }

    @Test
    void withoutAUserThereAreNone() {
        assertThat(Credentials.parse("alice".toCharArray(), Optional.empty())).isEmpty();
        assertThat(Credentials.parse(new char[0], Optional.empty())).isEmpty();
        assertThat(Credentials.parse(":12345678".toCharArray(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void wipesWhatItRead() {
        char[] text = "alice:opensesame".toCharArray();
        Credentials credentials = Credentials.parse(text, Optional.empty()).orElseThrow();
        credentials.close();
        assertThat(text).containsOnly('\0');
        assertThat(credentials.pin()).containsOnly('\0');
        assertThat(credentials).hasToString("Credentials[alice]");
    }
}
