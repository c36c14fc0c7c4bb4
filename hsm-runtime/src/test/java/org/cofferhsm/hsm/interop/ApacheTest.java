package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache's mod_ssl with its keys in the module. */
class ApacheTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private static OpensslEngine engine;

    @BeforeAll
    static void makeKeysAndCertificates() throws IOException {
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        tool.keyPair("rsa:2048", "rsa", "01");
        tool.keyPair("EC:prime256v1", "ec", "02");
        engine = OpensslEngine.on(SUBJECT.token(), SUBJECT.directory());
        engine.certificate("rsa", SUBJECT.file("rsa.pem"));
        engine.certificate("ec", SUBJECT.file("ec.pem"));
        Path site = Files.createDirectories(SUBJECT.file("www"));
        Files.writeString(site.resolve("index.html"), "hello");
    }

    @BeforeEach
    void leaveOutWhatSoftHsmCannot() {
        assumeFalse(TokenUnderTest.SOFTHSM, "its files would be root's, and Apache's workers are not");
    }

    private static void requests(Apache apache, String key) throws Exception {
        TlsClient client = TlsClient.trusting(SUBJECT.file(key + ".pem"));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3", "TLSv1.2", "TLSv1.3")) {
            assertThat(client.get(apache.port(), protocol)).contains("HTTP/1.1 ", "Server: Apache");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void servesOnAfterTheServiceWasKilledAndStartedAgain(String key) throws Exception {
        CofferService service = ((CofferToken) SUBJECT.token()).service();
        try (Apache apache = Apache.start(engine, SUBJECT.directory(), key, SUBJECT.log("apache-" + key))) {
            requests(apache, key);
            service.kill();
            assertThatThrownBy(() -> requests(apache, key)).isInstanceOf(IOException.class);
            service.start();
            requests(apache, key);

            List<ProcessHandle> before = apache.daemon().children();
            apache.daemon().signal("USR1"); // a graceful restart
            Await.that(
                    "new workers have taken over",
                    () -> apache.daemon().children().stream().noneMatch(before::contains));
            requests(apache, key);
        }
    }
}
