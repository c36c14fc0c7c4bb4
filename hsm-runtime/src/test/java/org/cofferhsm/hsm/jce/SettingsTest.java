package org.cofferhsm.hsm.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.RefusalAssert.assertRefused;

import java.nio.file.Path;
import java.util.Map;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;

/** Where the service is: by property or by environment, by port or by socket. */
class SettingsTest {

    private static final ServiceAddress PORT = ServiceAddress.onPort("127.0.0.1:7353", Path.of("/t"));
    private static final ServiceAddress SOCKET = ServiceAddress.onSocket(Path.of("/s"));

    private static Settings settings(Map<String, String> environment, Map<String, String> properties) {
        return new Settings(environment::get, properties::get);
    }

    @Test
    void nameAPortBySystemProperty() {
        assertThat(settings(Map.of(), Map.of("coffer.tcp", "127.0.0.1:7353", "coffer.token.file", "/t"))
                        .service())
                .contains(PORT);
    }

    @Test
    void nameAPortByEnvironment() {
        assertThat(settings(Map.of("COFFER_TCP", "127.0.0.1:7353", "COFFER_TOKEN_FILE", "/t"), Map.of())
                        .service())
                .contains(PORT);
    }

    @Test
    void takeAPortBeforeASocket() {
        assertThat(settings(
                                Map.of("COFFER_TCP", "127.0.0.1:7353", "COFFER_SOCKET", "/s"),
                                Map.of("coffer.token.file", "/t"))
                        .service())
                .contains(PORT);
    }

    @Test
    void takeAPropertyBeforeTheEnvironment() {
        Map<String, String> environment = Map.of("COFFER_TCP", "127.0.0.1:7353", "COFFER_TOKEN_FILE", "/t");

        assertThat(settings(environment, Map.of("coffer.socket", "/s")).service())
                .contains(SOCKET);
        assertThat(settings(environment, Map.of("coffer.home", "/h")).service()).isEmpty();
        assertThat(settings(environment, Map.of("coffer.tcp", "")).service()).isEmpty();
    }

    @Test
    void nameNoServiceWhereNothingIsSaid() {
        assertThat(settings(Map.of(), Map.of()).service()).isEmpty();
        assertThat(settings(Map.of("COFFER_SOCKET", "", "COFFER_TCP", ""), Map.of())
                        .service())
                .isEmpty();
    }

    @Test
    void wantTheSecretOfAPort() {
        assertRefused(
                Reason.ARGUMENT_INVALID,
                () -> settings(Map.of("COFFER_TCP", "127.0.0.1:7353"), Map.of()).service());
    }
}
