package org.cofferhsm.hsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** pkcs11-tool encrypts, decrypts, wraps and unwraps. */
class Pkcs11ToolCipherTest {
    private static final byte[] MESSAGE = "attack at dawn, sixteen bytes 32".getBytes(UTF_8);
    private static final String IV = "000102030405060708090a0b0c0d0e0f";

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private final Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());

    @BeforeAll
    static void makeKeys() throws IOException {
        Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());
        aes(tool, "cipher", "01", "--usage-decrypt", "--sensitive");
        aes(tool, "wrapping", "02", "--usage-wrap", "--sensitive");
        aes(tool, "wrapped", "03", "--usage-decrypt", "--extractable", "--sensitive");
        tool.loggedIn(
                        "--keypairgen",
                        "--key-type",
                        "rsa:2048",
                        "--label",
                        "rsa",
                        "--id",
                        "04",
                        "--usage-decrypt",
                        "--usage-wrap")
                .orComplain("RSA");
        Files.write(SUBJECT.file("message"), MESSAGE);
    }

    private static void aes(Pkcs11Tool tool, String label, String id, String... options) {
        tool.loggedIn(Stream.concat(
                                Stream.of("--keygen", "--key-type", "AES:32", "--label", label, "--id", id),
                                Stream.of(options))
                        .toArray(String[]::new))
                .orComplain(label);
    }

    private byte[] crypt(String verb, String id, String mechanism, byte[] data, String... options) throws IOException {
        Path in = SUBJECT.file("in");
        Path out = SUBJECT.file("out");
        Files.write(in, data);
        Files.deleteIfExists(out);
        Stream<String> command = Stream.of(
                verb,
                "--id",
                id,
                "--mechanism",
                mechanism,
                "--input-file",
                in.toString(),
                "--output-file",
                out.toString());
        tool.loggedIn(Stream.concat(command, Stream.of(options)).toArray(String[]::new))
                .orComplain(verb + " " + mechanism);
        return Files.readAllBytes(out);
    }

    private byte[] aes(String verb, String id, String mechanism, byte[] data) throws IOException {
        return crypt(verb, id, mechanism, data, "--iv", IV);
    }

    @ParameterizedTest
    @CsvSource({"AES-ECB, 32", "AES-CBC, 32", "AES-CBC-PAD, 48"})
    void decryptsWhatItEncrypted(String mechanism, int size) throws IOException {
        byte[] ciphertext = aes("--encrypt", "01", mechanism, MESSAGE);

        assertThat(ciphertext).hasSize(size).isNotEqualTo(MESSAGE);
        assertThat(aes("--decrypt", "01", mechanism, ciphertext)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-PKCS, '', rsa_padding_mode:pkcs1, rsa_padding_mode:pkcs1",
        "RSA-PKCS-OAEP, SHA256, rsa_padding_mode:oaep, rsa_oaep_md:sha256",
        "RSA-PKCS-OAEP, SHA-1, rsa_padding_mode:oaep, rsa_oaep_md:sha1"
    })
    void decryptsWhatOpensslEncrypted(String mechanism, String hash, String padding, String option) throws IOException {
        assumeFalse(TokenUnderTest.SOFTHSM && hash.equals("SHA256"));
        Path publicKey = SUBJECT.file("rsa.der");
        tool.loggedIn("--read-object", "--type", "pubkey", "--id", "04", "--output-file", publicKey.toString())
                .orComplain("public key");
        byte[] ciphertext = new OutsideProgram(
                        List.of(Interop.program("openssl").toString()), Map.of())
                .run(
                        MESSAGE,
                        "pkeyutl",
                        "-encrypt",
                        "-pubin",
                        "-keyform",
                        "DER",
                        "-inkey",
                        publicKey.toString(),
                        "-pkeyopt",
                        padding,
                        "-pkeyopt",
                        option)
                .orComplain("openssl pkeyutl")
                .output();

        String[] options = hash.isEmpty() ? new String[0] : new String[] {"--hash-algorithm", hash};
        assertThat(crypt("--decrypt", "04", mechanism, ciphertext, options)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"AES-KEY-WRAP, 02, 40", "0x210B, 02, 40"})
    void unwrapsWhatItWrapped(String mechanism, String wrapping, int size) throws IOException {
        assumeFalse(TokenUnderTest.SOFTHSM && mechanism.startsWith("0x"));
        Path wrapped = SUBJECT.file("wrapped");
        tool.loggedIn(
                        "--wrap",
                        "--mechanism",
                        mechanism,
                        "--id",
                        wrapping,
                        "--application-id",
                        "03",
                        "--output-file",
                        wrapped.toString())
                .orComplain("wrap by " + mechanism);
        assertThat(wrapped).hasSize(size);

        String back = "10";
        tool.loggedIn(
                        "--unwrap",
                        "--mechanism",
                        mechanism,
                        "--id",
                        wrapping,
                        "--application-id",
                        back,
                        "--application-label",
                        "back",
                        "--key-type",
                        "AES:",
                        "--usage-decrypt",
                        "--sensitive",
                        "--input-file",
                        wrapped.toString())
                .orComplain("unwrap by " + mechanism);
        assertThat(aes("--decrypt", back, "AES-CBC-PAD", aes("--encrypt", "03", "AES-CBC-PAD", MESSAGE)))
                .isEqualTo(MESSAGE);
        tool.loggedIn("--delete-object", "--type", "secrkey", "--id", back).orComplain("delete");
    }
}
