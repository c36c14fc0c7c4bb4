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
import org.cofferhsm.hsm.spi.OutsideProgram.Finished;
import org.cofferhsm.hsm.testing.Interop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pkcs11-tool finds, writes, reads and deletes objects, and logs in. */
class Pkcs11ToolObjectsTest {

    @RegisterExtension
    static final TokenUnderTest SUBJECT = new TokenUnderTest();

    private final Pkcs11Tool tool = new Pkcs11Tool(SUBJECT.token());

    @Test
    void tellsWhatTheModuleIs() {
        assertThat(SUBJECT.program("pkcs11-tool")
                        .run("--module", SUBJECT.token().library().toString(), "--list-token-slots")
                        .orComplain("slots")
                        .text())
                .contains("token label        : " + SUBJECT.token().label())
                .contains("login required", "rng", "token initialized");
        assertThat(tool.run("--list-mechanisms").orComplain("mechanisms").text())
                .contains("AES-CBC-PAD", "AES-GCM", "AES-KEY-WRAP", "ECDSA", "ECDH1-DERIVE", "EDDSA")
                .contains("RSA-PKCS-OAEP", "RSA-PKCS-PSS", "SHA256-RSA-PKCS", "SHA512-HMAC", "SHA-1");
    }

    /** Lists the interfaces of 3.0; SoftHSM has none. */
    @Test
    void offersTheInterfacesOf30() {
        assumeFalse(TokenUnderTest.SOFTHSM);

        assertThat(SUBJECT.program("pkcs11-tool")
                        .run("--module", SUBJECT.token().library().toString(), "--list-interfaces")
                        .orComplain("interfaces")
                        .text())
                .contains("PKCS 11", "2.40", "3.0");
    }

    @Test
    void writesReadsAndDeletesACertificate() throws IOException {
        Path certificate = SUBJECT.file("certificate.der");
        new OutsideProgram(List.of(Interop.program("openssl").toString()), Map.of())
                .run(
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=Grace",
                        "-outform",
                        "DER",
                        "-keyout",
                        SUBJECT.file("key.pem").toString(),
                        "-out",
                        certificate.toString())
                .orComplain("openssl req");

        assertThat(writesReadsAndDeletes("cert", certificate, "--id", "0a")).contains("DN: CN=Grace");
    }

    @Test
    void writesReadsAndDeletesData() throws IOException {
        Path data = SUBJECT.file("data");
        Files.write(data, "anything".getBytes(UTF_8));

        assertThat(writesReadsAndDeletes("data", data, "--application-label", "test", "--private"))
                .contains("application:    'test'");
    }

    private String writesReadsAndDeletes(String type, Path content, String... options) throws IOException {
        Path read = SUBJECT.file(type + ".read");
        String[] write = Stream.concat(
                        Stream.of("--write-object", content.toString(), "--type", type, "--label", "my-" + type),
                        Stream.of(options))
                .toArray(String[]::new);
        tool.loggedIn(write).orComplain("write");
        String list = tool.loggedIn("--list-objects", "--type", type)
                .orComplain("list")
                .text();
        assertThat(list).contains("my-" + type);

        tool.loggedIn("--read-object", "--type", type, "--label", "my-" + type, "--output-file", read.toString())
                .orComplain("read");
        assertThat(read).hasSameBinaryContentAs(content);

        tool.loggedIn("--delete-object", "--type", type, "--label", "my-" + type)
                .orComplain("delete");
        assertThat(tool.loggedIn("--list-objects", "--type", type).text()).doesNotContain("my-" + type);
        return list;
    }

    @Test
    void findsAndDeletesKeys() {
        tool.keyPair("EC:prime256v1", "short-lived", "0b");
        assertThat(tool.loggedIn("--list-objects", "--id", "0b").text())
                .contains("Private Key Object; EC", "Public Key Object; EC  EC_POINT 256 bits")
                .contains("sensitive, always sensitive, never extractable, local");
        assertThat(tool.run("--list-objects", "--type", "privkey")
                        .orComplain("without login")
                        .text())
                .as("a private object is nobody else's business")
                .doesNotContain("short-lived");

        tool.loggedIn("--delete-object", "--type", "privkey", "--id", "0b").orComplain("private");
        tool.loggedIn("--delete-object", "--type", "pubkey", "--id", "0b").orComplain("public");
        assertThat(tool.loggedIn("--list-objects").text()).doesNotContain("short-lived");
    }

    /** Oracle's master keys outlive scripts that clean up; SoftHSM knows no such rule. */
    @Test
    void doesNotDeleteAMasterKeyOfOracle() {
        assumeFalse(TokenUnderTest.SOFTHSM);
        String label = "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080";
        tool.loggedIn("--keygen", "--key-type", "AES:32", "--label", label, "--id", "0e")
                .orComplain("keygen");

        Finished refused = tool.loggedIn("--delete-object", "--type", "secrkey", "--label", label);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.messages())
                .as("CKR_ACTION_PROHIBITED, which older versions of the tool know by its number")
                .containsAnyOf("CKR_ACTION_PROHIBITED", "0x1b");
        assertThat(tool.loggedIn("--list-objects", "--type", "secrkey").text()).contains(label);
    }

    @Test
    void renamesAKey() {
        tool.keyPair("EC:prime256v1", "renamed", "0c");
        tool.loggedIn("--set-id", "0d", "--type", "privkey", "--id", "0c").orComplain("set-id");

        assertThat(tool.loggedIn("--list-objects", "--type", "privkey", "--id", "0d")
                        .text())
                .contains("renamed");
    }

    @Test
    void drawsRandomNumbersAndDigests() throws IOException {
        assertThat(tool.loggedIn("--generate-random", "4096").output()).hasSize(4096);
        Path data = SUBJECT.file("abc");
        Files.write(data, "abc".getBytes(UTF_8));
        assertThat(tool.run("--hash", "--mechanism", "SHA256", "--input-file", data.toString())
                        .output())
                .as("FIPS 180-4's example")
                .asHexString()
                .startsWith("BA7816BF8F01CFEA");
    }

    @Test
    void refusesAWrongPin() {
        Finished wrong = tool.loggedInAs(SUBJECT.token().pin() + "x", "--list-objects");

        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.messages()).contains("CKR_PIN_INCORRECT");
    }

    /** SoftHSM answers CKR_CRYPTOKI_ALREADY_INITIALIZED in the child. */
    @Test
    void worksInAForkedChild() {
        assumeFalse(TokenUnderTest.SOFTHSM);

        tool.loggedIn("--test-fork").orComplain("--test-fork");
    }

    /** Two threads initialise the module against each other. SoftHSM crashes at the end of this. */
    @Test
    void worksInSeveralThreads() {
        assumeFalse(TokenUnderTest.SOFTHSM);

        assertThat(tool.loggedIn("--test-threads", "ILGISLT0", "--test-threads", "INGISLT0")
                        .orComplain("--test-threads")
                        .messages())
                .contains("all threads have ended with CKR_OK");
    }
}
