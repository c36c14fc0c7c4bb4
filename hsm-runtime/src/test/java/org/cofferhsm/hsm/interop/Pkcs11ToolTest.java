package org.cofferhsm.hsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSC's pkcs11-tool; what it makes is checked by OpenSSL. */
class Pkcs11ToolTest {
    private static final byte[] MESSAGE = "attack at dawn, sixteen bytes 32".getBytes(UTF_8);

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private final Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
    private final OutsideProgram openssl =
            new OutsideProgram(List.of(Interop.program("openssl").toString()), Map.of());

    @BeforeAll
    static void makeKeys() throws IOException {
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        // Without a usage named, pkcs11-tool leaves them to the module.
        tool.loggedIn(
                        "--keypairgen",
                        "--key-type",
                        "rsa:2048",
                        "--label",
                        "rsa",
                        "--id",
                        "01",
                        "--usage-sign",
                        "--usage-decrypt")
                .orComplain("RSA");
        tool.keyPair("EC:prime256v1", "ec", "02");
        tool.loggedIn("--keygen", "--key-type", "AES:32", "--label", "aes", "--id", "03", "--usage-decrypt")
                .orComplain("AES");
        Files.write(SUBJECT.file("message"), MESSAGE);
        publicKey("rsa");
        publicKey("ec");
    }

    /** As OpenSSL reads it. */
    private static void publicKey(String label) throws IOException {
        Path der = SUBJECT.file(label + ".der");
        new Pkcs11Tool(SUBJECT.token())
                .loggedIn("--read-object", "--type", "pubkey", "--label", label, "--output-file", der.toString())
                .orComplain("reading public key " + label);
        assertThat(der).isNotEmptyFile();
    }

    /** SoftHSM ends this with status 1: it has no OAEP with SHA-256. */
    @Test
    void passesItsOwnTest() {
        assumeFalse(TokenUnderTest.SOFTHSM);

        Finished test = tool.loggedIn("--test");

        assertThat(test.status()).as(test.messages() + test.text()).isZero();
        assertThat(test.text())
                .contains("No errors", "testing key 0", "RSA-PKCS-OAEP: ")
                .doesNotContain("ERR");
        assertThat(test.messages()).contains("hashAlg=SHA256, mgf=MGF1-SHA256, encoding parameter (Label) present");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-PKCS,           rsa, 01,   sha256,  ''",
        "SHA256-RSA-PKCS,    rsa, 01,   -sha256, ''",
        "SHA384-RSA-PKCS,    rsa, 01,   -sha384, ''",
        "SHA512-RSA-PKCS,    rsa, 01,   -sha512, ''",
        "SHA256-RSA-PKCS-PSS,rsa, 01,   -sha256, rsa_padding_mode:pss",
        "ECDSA-SHA256,       ec, 02,    -sha256, ''",
        "ECDSA-SHA384,       ec, 02,    -sha384, ''",
    })
    void signsWhatOpensslVerifies(String mechanism, String key, String id, String digest, String option)
            throws IOException {
        assumeFalse(TokenUnderTest.SOFTHSM && mechanism.startsWith("ECDSA-")); // not in 2.6.1
        Path signature = SUBJECT.file("signature");
        boolean raw = mechanism.equals("RSA-PKCS");
        Path input = raw ? digestInfo() : SUBJECT.file("message");
        tool.loggedIn(
                        "--sign",
                        "--id",
                        id,
                        "--mechanism",
                        mechanism,
                        "--signature-format",
                        key.equals("ec") ? "openssl" : "rs",
                        "--input-file",
                        input.toString(),
                        "--output-file",
                        signature.toString())
                .orComplain(mechanism);

        List<String> verify = new ArrayList<>(List.of("dgst", raw ? "-sha256" : digest));
        verify.addAll(
                List.of("-keyform", "DER", "-verify", SUBJECT.file(key + ".der").toString()));
        if (!option.isEmpty()) {
            verify.addAll(List.of("-sigopt", option));
        }
        verify.addAll(List.of(
                "-signature", signature.toString(), SUBJECT.file("message").toString()));
        assertThat(openssl.run(verify.toArray(new String[0]))
                        .orComplain(mechanism)
                        .text())
                .contains("Verified OK");
    }

    /** RFC 8017, 9.2: what CKM_RSA_PKCS is given to sign a SHA-256 digest. */
    private Path digestInfo() throws IOException {
        byte[] digest = openssl.run(MESSAGE, "dgst", "-sha256", "-binary")
                .orComplain("openssl dgst")
                .output();
        Path file = SUBJECT.file("digest-info");
        Files.write(file, HexFormat.of().parseHex("3031300d060960864801650304020105000420"));
        Files.write(file, digest, StandardOpenOption.APPEND);
        return file;
    }

    @Test
    void signsByEd25519() throws IOException {
        tool.keyPair("EC:edwards25519", "ed", "05");
        Path publicKey = SUBJECT.file("ed.pem"); // of this kind alone, pkcs11-tool writes PEM
        tool.loggedIn("--read-object", "--type", "pubkey", "--id", "05", "--output-file", publicKey.toString())
                .orComplain("public key");
        Path signature = SUBJECT.file("ed.sig");
        String message = SUBJECT.file("message").toString();
        tool.loggedIn(
                        "--sign",
                        "--id",
                        "05",
                        "--mechanism",
                        "EDDSA",
                        "--input-file",
                        message,
                        "--output-file",
                        signature.toString())
                .orComplain("EDDSA");

        assertThat(openssl.run(
                                "pkeyutl",
                                "-verify",
                                "-pubin",
                                "-inkey",
                                publicKey.toString(),
                                "-rawin",
                                "-in",
                                message,
                                "-sigfile",
                                signature.toString())
                        .orComplain("openssl pkeyutl")
                        .text())
                .contains("Signature Verified Successfully");
    }

    @Test
    void verifiesItsOwnSignaturesAndNoOthers() throws IOException {
        String message = SUBJECT.file("message").toString();
        Path signature = SUBJECT.file("own-signature");
        String[] verify = {
            "--verify",
            "--id",
            "01",
            "--mechanism",
            "SHA256-RSA-PKCS",
            "--input-file",
            message,
            "--signature-file",
            signature.toString()
        };
        tool.loggedIn(
                        "--sign",
                        "--id",
                        "01",
                        "--mechanism",
                        "SHA256-RSA-PKCS",
                        "--input-file",
                        message,
                        "--output-file",
                        signature.toString())
                .orComplain("sign");
        assertThat(tool.loggedIn(verify).text()).contains("Signature is valid");

        byte[] bytes = Files.readAllBytes(signature);
        bytes[9] ^= 1;
        Files.write(signature, bytes);
        assertThat(tool.loggedIn(verify).text()).contains("Invalid signature");
    }
}
