package org.cofferhsm.hsm.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GnuTLS: p11tool, certtool and gnutls-serv. */
class P11toolTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private static final String TOKEN = "pkcs11:token=";

    @BeforeAll
    static void makeKeys() {
        gnutls("p11tool", "--generate-privkey=rsa", "--bits=2048", "--label=rsa", "--id=01", token());
        gnutls("p11tool", "--generate-privkey=ecdsa", "--curve=secp256r1", "--label=ec", "--id=02", token());
    }

    private static String token() {
        return TOKEN + SUBJECT.token().label();
    }

    private static String object(String label, String type) {
        return token() + ";object=" + label + ";type=" + type;
    }

    private static Finished gnutls(String program, String... arguments) {
        List<String> provider = List.of("--provider", SUBJECT.token().library().toString());
        List<String> login = program.equals("p11tool") ? List.of("--batch", "--login") : List.of();
        return SUBJECT.program(program)
                .with(Map.of("GNUTLS_PIN", SUBJECT.token().pin()))
                .run(Stream.of(provider, login, List.of(arguments))
                        .flatMap(List::stream)
                        .toArray(String[]::new))
                .orComplain(program + " " + List.of(arguments));
    }

    @Test
    void listsTokensMechanismsAndObjects() {
        assertThat(gnutls("p11tool", "--list-tokens").text())
                .contains("Label: " + SUBJECT.token().label(), "Flags: RNG, Requires login");
        assertThat(gnutls("p11tool", "--list-mechanisms", token()).text())
                .contains("CKM_AES_GCM", "CKM_ECDSA", "CKM_RSA_PKCS_PSS");
        assertThat(gnutls("p11tool", "--list-all", token()).text())
                .contains("Type: Private key (RSA-2048)", "Type: Private key (EC/ECDSA-SECP256R1)")
                .contains("CKA_NEVER_EXTRACTABLE; CKA_SENSITIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void signsAndVerifies(String key) {
        assertThat(gnutls("p11tool", "--test-sign", object(key, "private")).messages())
                .contains("Verifying against private key parameters... ok")
                .contains("Verifying against public key in the token... ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void exportsPublicKeysThatOpensslReads(String key) {
        String pem =
                gnutls("p11tool", "--export-pubkey", object(key, "private")).text();

        new OutsideProgram(List.of(Interop.program("openssl").toString()), Map.of())
                .run(pem.getBytes(StandardCharsets.US_ASCII), "pkey", "-pubin", "-noout", "-check")
                .orComplain("openssl pkey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void servesTlsByACertificateOfItsOwn(String key) throws Exception {
        Path certificate = certificate(key);
        gnutls("p11tool", "--write", "--load-certificate", certificate.toString(), "--label", "c-" + key, token());
        assertThat(gnutls("p11tool", "--export", object("c-" + key, "cert"))
                        .text()
                        .strip())
                .isEqualTo(Files.readString(certificate).strip());

        int port = FreePort.any();
        try (Daemon server = serve(key, certificate, port)) {
            TlsClient client = TlsClient.trusting(certificate);
            assertThat(client.get(port, "TLSv1.2")).as(server.said()).contains("200 OK");
            assertThat(client.get(port, "TLSv1.3")).as(server.said()).contains("200 OK");
        }
    }

    private static Path certificate(String key) throws Exception {
        Path template = SUBJECT.file(key + ".template");
        Files.writeString(template, "cn = localhost\nexpiration_days = 2\ndns_name = localhost\n");
        Path certificate = SUBJECT.file(key + ".pem");
        gnutls(
                "certtool",
                "--generate-self-signed",
                "--load-privkey",
                object(key, "private"),
                "--load-pubkey",
                object(key, "public"),
                "--template",
                template.toString(),
                "--outfile",
                certificate.toString());
        return certificate;
    }

    private static Daemon serve(String key, Path certificate, int port) throws Exception {
        Map<String, String> environment = new HashMap<>(SUBJECT.token().environment());
        environment.put("GNUTLS_PIN", SUBJECT.token().pin());
        return Daemon.start(
                        SUBJECT.log("gnutls-serv-" + key),
                        environment,
                        List.of(
                                Interop.program("gnutls-serv").toString(),
                                "--provider",
                                SUBJECT.token().library().toString(),
                                "--http",
                                "--port",
                                Integer.toString(port),
                                "--x509certfile",
                                certificate.toString(),
                                "--x509keyfile",
                                object(key, "private")))
                .listeningOn(port);
    }
}
