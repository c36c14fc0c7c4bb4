package org.cofferhsm.hsm.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission(
            "coffer",
            Set.of("www-data"),
            Set.of("tls"),
            user -> user.equals("alice") ? Set.of("users", "tls") : Set.of());

    @Test
    void letsItsOwnUserAndRootIn() {
        assertThat(admission.admits(new Peer("coffer", "coffer"))).isTrue();
        assertThat(admission.admits(new Peer("root", "root"))).isTrue();
        assertThat(admission.isOperator("coffer")).isTrue();
        assertThat(admission.isOperator("root")).isTrue();
    }

    @Test
    void letsNamedUsersAndMembersOfNamedGroupsIn() {
        assertThat(admission.admits(new Peer("www-data", "www-data"))).isTrue();
        assertThat(admission.admits(new Peer("bob", "tls"))).isTrue();
        assertThat(admission.admits(new Peer("alice", "alice"))).isTrue();
        assertThat(admission.isOperator("www-data")).isFalse();
    }

    @Test
    void keepsOthersOut() {
        assertThat(admission.admits(new Peer("bob", "bob"))).isFalse();
        assertThat(admission.admits(new Peer("tls", "nogroup"))).isFalse();
        assertThat(admission.admits(new Peer("0", "0"))).isFalse();
    }

    @Test
    void asksTheOperatingSystemForMemberships() {
        LogLines log = new LogLines();

        assertThat(new Memberships(log).apply("root")).contains("root");
        assertThat(new Memberships(log).apply("no-such-user-here")).doesNotContain("root");
        assertThat(log.lines()).isEmpty();
    }
}
