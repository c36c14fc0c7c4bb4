package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.command.ExitStatus;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.SoftHsm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyImportPkcs11CommandTest {

    @TempDir
    private Path directory;

    private Path softHsm;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeBoth() throws IOException {
        softHsm = SoftHsm.file();
        SoftHsm.make(directory, "old");
        try (SoftHsm token = SoftHsm.open("old")) {
            token.secretKey(MechanismType.AES_KEY_GEN, 32, "tde");
            token.secretKey(
                    MechanismType.AES_KEY_GEN, 32, "stays", CryptokiAttribute.flag(Attribute.EXTRACTABLE, false));
            token.p256("release", Octets.ofHex("01"));
        }
        ModuleFixture.in(directory.resolve("module")).close();
        environment.put("COFFER_HOME", "module");
        environment.put("COFFER_PIN", "alice:" + String.valueOf(ModuleFixture.ALICE_PIN));
    }

    @Test
    void showsWhatCameOfEveryObject() {
        environment.put("COFFER_TOKEN_PIN", SoftHsm.PIN);

        TestTerminal terminal = run(ExitStatus.DONE, "--token-label", "old");

        assertThat(terminal.written())
                .containsPattern(
                        "secret-key +aes +tde +imported +0x0\\S+ +RSA_PKCS_OAEP with SHA-1; proof: check value")
                .containsPattern("secret-key +aes +stays +left +it is not extractable")
                .containsPattern("private-key +ec +release +imported +0x0\\S+ .*; proof: signature")
                .containsPattern("public-key +ec +release +imported +0x0\\S+ +in the clear");
        assertThat(terminal.written() + terminal.complaints()).doesNotContain(SoftHsm.PIN + "\n");
    }

    @Test
    void answersInJson() {
        environment.put("COFFER_TOKEN_PIN", SoftHsm.PIN);

        assertThat(run(ExitStatus.DONE, "--label", "tde", "--json").written())
                .contains("\"error_code\": 0", "\"complete\": true", "\"result\": \"imported\"")
                .contains("\"mechanism\": \"RSA_PKCS_OAEP with SHA-1\"", "\"proof\": \"check value\"")
                .doesNotContain("stays");
    }

    @Test
    void onlySaysWhatItWouldDo() {
        environment.put("COFFER_TOKEN_PIN", SoftHsm.PIN);

        assertThat(run(ExitStatus.DONE, "--dry-run").written()).contains("would be imported");
        assertThat(coffer(ExitStatus.DONE, List.of("key", "list"), List.of()).written())
                .contains("No keys.");
    }

    @Test
    void asksForTheOtherTokensPin() {
        TestTerminal terminal = coffer(ExitStatus.DONE, words("--label", "tde"), List.of(SoftHsm.PIN));

        assertThat(terminal.written()).contains("imported");
    }

    @Test
    void takesThePinFromAFile() throws IOException {
        Files.writeString(directory.resolve("old.pin"), SoftHsm.PIN + "\n");

        assertThat(run(ExitStatus.DONE, "--token-pin-file", "old.pin", "--label", "tde")
                        .written())
                .contains("imported");
    }

    @Test
    void saysThatThePinIsWrong() {
        environment.put("COFFER_TOKEN_PIN", "4321");

        assertThat(run(ExitStatus.FAILED).complaints())
                .contains("the other token does not accept this PIN [PIN_INCORRECT]");
    }

    @Test
    void wantsAPin() {
        assertThat(run(ExitStatus.USAGE).complaints()).contains("no PIN for the token \"old\": set COFFER_TOKEN_PIN");
    }

    @Test
    void namesTheTokensThatThereAre() {
        environment.put("COFFER_TOKEN_PIN", SoftHsm.PIN);

        assertThat(run(ExitStatus.FAILED, "--token-label", "other").complaints())
                .contains("no token fits; name one of these by --token-label or --slot: \"old\" (slot ");
        assertThat(run(ExitStatus.USAGE, "--slot", "first").complaints()).contains("--slot takes a number");
    }

    @Test
    void saysThatAFileIsNoModule() throws IOException {
        Files.writeString(directory.resolve("text.so"), "no library");
        softHsm = directory.resolve("text.so");

        assertThat(run(ExitStatus.FAILED).complaints())
                .contains("cannot be loaded as a PKCS#11 module")
                .doesNotContain("resource path", ".jar");
    }

    private TestTerminal run(int status, String... options) {
        return coffer(status, words(options), List.of());
    }

    private List<String> words(String... options) {
        List<String> words = new ArrayList<>(List.of("key", "import-pkcs11", "--module", softHsm.toString()));
        words.addAll(List.of(options));
        return words;
    }

    private TestTerminal coffer(int status, List<String> words, List<String> typed) {
        TestTerminal terminal = new TestTerminal(directory, environment, typed);
        assertThat(Main.run(words, terminal)).as(terminal.complaints()).isEqualTo(status);
        return terminal;
    }
}
