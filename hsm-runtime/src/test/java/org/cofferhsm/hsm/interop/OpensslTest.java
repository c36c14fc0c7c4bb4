package org.cofferhsm.hsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL through libp11's engine. */
class OpensslTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private OpensslEngine engine;

    @BeforeEach
    void configure() throws IOException {
        engine = OpensslEngine.on(SUBJECT.token(), SUBJECT.directory());
    }

    private static void keyPair(String name) {
        String type = name.startsWith("rsa") ? "rsa:2048" : "EC:prime256v1";
        new Pkcs11Tool(SUBJECT.token())
                .keyPair(type, name, Integer.toHexString(0x1000 + Math.abs(name.hashCode() % 4096)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void signsARequest(String kind) {
        String key = kind + "-request";
        keyPair(key);
        Path request = SUBJECT.file(key + ".csr");
        engine.with(key, "req", "-new", "-sha256", "-subj", "/CN=Grace", "-out", request.toString())
                .orComplain("openssl req");

        assertThat(engine.openssl()
                        .run("req", "-in", request.toString(), "-verify", "-noout", "-subject")
                        .orComplain("openssl req -verify")
                        .text())
                .contains("CN = Grace");
    }

    /** CKM_RSA_PKCS_PSS on a digest, which TLS 1.3 asks for too. */
    @Test
    void signsByPss() throws IOException {
        keyPair("rsa-pss");
        Path certificate = engine.certificate("rsa-pss", SUBJECT.file("pss.pem"));
        Path message = Files.writeString(SUBJECT.file("pss.txt"), "message", UTF_8);
        Path signature = SUBJECT.file("pss.sig");
        engine.openssl()
                .run(
                        "dgst",
                        "-engine",
                        "pkcs11",
                        "-keyform",
                        "engine",
                        "-sha256",
                        "-sign",
                        engine.token().uri("rsa-pss"),
                        "-sigopt",
                        "rsa_padding_mode:pss",
                        "-sigopt",
                        "rsa_pss_saltlen:32",
                        "-out",
                        signature.toString(),
                        message.toString())
                .orComplain("openssl dgst -sign");

        byte[] publicKey = engine.openssl()
                .run("x509", "-in", certificate.toString(), "-pubkey", "-noout")
                .orComplain("openssl x509")
                .output();
        Path publicFile = Files.write(SUBJECT.file("pss.pub"), publicKey);
        assertThat(engine.openssl()
                        .run(
                                "dgst",
                                "-sha256",
                                "-verify",
                                publicFile.toString(),
                                "-sigopt",
                                "rsa_padding_mode:pss",
                                "-signature",
                                signature.toString(),
                                message.toString())
                        .orComplain("openssl dgst -verify")
                        .text())
                .contains("Verified OK");
    }

    @ParameterizedTest
    @CsvSource({"rsa, TLSv1.2", "rsa, TLSv1.3", "ec, TLSv1.2", "ec, TLSv1.3"})
    void servesTls(String kind, String protocol) throws Exception {
        String key = kind + "-" + protocol;
        keyPair(key);
        Path certificate = engine.certificate(key, SUBJECT.file(key + ".pem"));
        int port = FreePort.any();
        List<String> command = Stream.concat(
                        Stream.of(Interop.program("openssl").toString()),
                        Stream.of(
                                "s_server",
                                "-engine",
                                "pkcs11",
                                "-keyform",
                                "engine",
                                "-key",
                                engine.token().uri(key),
                                "-cert",
                                certificate.toString(),
                                "-accept",
                                "127.0.0.1:" + port,
                                "-www"))
                .toList();
        try (Daemon server = Daemon.start(SUBJECT.log("s_server-" + key), engine.environment(), command)
                .listeningOn(port)) {
            TlsClient client = TlsClient.trusting(certificate);
            for (int request = 0; request < 5; request++) {
                assertThat(client.get(port, protocol)).as(server.said()).contains(protocol);
            }
        }
    }
}
