package org.cofferhsm.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {

    private static final Path SECRET = Path.of("/etc/coffer/coffer.token");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1:7353",
                "0.0.0.0:7353",
                "127.0.0.2:7353",
                "localhost:7353",
                "[::1]:7353",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1: 80",
                "127.0.0.1:\u0661",
                "7353",
                ""
            })
    void refusesWhatIsNoPortOfThisMachine(String address) {
        assertRefused(Reason.ARGUMENT_INVALID, () -> ServiceAddress.onPort(address, SECRET));
    }

    @Test
    void readsAPortWithItsSecret() {
        ServiceAddress address = ServiceAddress.onPort("127.0.0.1:7353", SECRET);

        assertThat(address.place()).isEqualTo(new InetSocketAddress("127.0.0.1", 7353));
        assertThat(address.secretFile()).contains(SECRET);
        assertThat(address.socket()).isEmpty();
        assertThat(address).hasToString("127.0.0.1:7353").isEqualTo(ServiceAddress.onPort(7353, SECRET));
    }

    @Test
    void letsAServiceTakeAnyFreePort() {
        assertThat(ServiceAddress.portOf("127.0.0.1:0")).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void needsNoSecretForASocketWhereTheSystemTellsWhoListens() {
        ServiceAddress address = ServiceAddress.onSocket(Path.of("/run/coffer/coffer.sock"), Optional.of(SECRET));

        assertThat(address.secretFile()).isEmpty();
        assertThat(address.socket()).contains(Path.of("/run/coffer/coffer.sock"));
        assertThat(address).hasToString("/run/coffer/coffer.sock");
    }

    @Test
    void seesARelativeSocketFromTheWorkingDirectory() {
        assertThat(ServiceAddress.onSocket(Path.of("coffer.sock")).socket())
                .contains(Path.of("coffer.sock").toAbsolutePath());
    }

    @Test
    void isNeitherAnotherMachineNorAPortWithoutSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceAddress(new InetSocketAddress("192.0.2.1", 7353), Optional.of(SECRET)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ServiceAddress(InetSocketAddress.createUnresolved("127.0.0.1", 7353), Optional.of(SECRET)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceAddress(new InetSocketAddress("127.0.0.1", 7353), Optional.empty()));
        assertThat(new ServiceAddress(UnixDomainSocketAddress.of("/s"), Optional.of(SECRET)).secretFile())
                .contains(SECRET);
    }
}
