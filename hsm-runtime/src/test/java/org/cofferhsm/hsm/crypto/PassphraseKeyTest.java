package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class PassphraseKeyTest {

    @ParameterizedTest(name = "{0} KiB, {1} passes, {2} lanes")
    @CsvFileSource(resources = "/vectors/argon2id.csv", useHeadersInDisplayName = true)
    void givesThePublishedTag(int memoryKib, int passes, int lanes, String password, String salt, String tag) {
        Argon2Parameters parameters =
                new Argon2Parameters(memoryKib, passes, lanes, Octets.of(salt.getBytes(StandardCharsets.US_ASCII)));
        assertThat(PassphraseKey.derive(password.toCharArray(), parameters).sameAs(SecretBytes.owning(bytes(tag))))
                .isTrue();
    }

    /** RFC 9106 §5.3, which also has a secret and associated data. */
    @Test
    void isWiredAsTheRfcSays() {
        Argon2Parameters parameters = new Argon2Parameters(32, 3, 4, Octets.ofHex("02".repeat(16)));
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(PassphraseKey.builder(parameters)
                .withSecret(bytes("03".repeat(8)))
                .withAdditional(bytes("04".repeat(12)))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(bytes("01".repeat(32)), tag);
        assertThat(tag).isEqualTo(bytes("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    @Test
    void recommendsTheRfcsSecondOption() {
        Argon2Parameters parameters = Argon2Parameters.recommended(Engine.fastest());
        assertThat(parameters.memoryKib()).isEqualTo(65_536);
        assertThat(parameters.passes()).isEqualTo(3);
        assertThat(parameters.lanes()).isEqualTo(4);
        assertThat(parameters.salt().length()).isEqualTo(16);
        assertThat(parameters.salt())
                .isNotEqualTo(Argon2Parameters.recommended(Engine.fastest()).salt());
    }

    @Test
    void takesPassphrasesAsUtf8() {
        Argon2Parameters parameters = new Argon2Parameters(64, 1, 1, Octets.ofHex("0011223344556677"));
        char[] passphrase = "Zoë 🔑".toCharArray();
        SecretBytes key = PassphraseKey.derive(passphrase, parameters);
        assertThat(key.sameAs(PassphraseKey.derive("Zoë 🔑".toCharArray(), parameters)))
                .isTrue();
        assertThat(key.sameAs(PassphraseKey.derive("Zoe 🔑".toCharArray(), parameters)))
                .isFalse();
        assertThat(passphrase).containsExactly("Zoë 🔑".toCharArray());
    }

    @ParameterizedTest
    @CsvSource({
        "7, 1, 1, 16",
        "1048577, 1, 1, 16",
        "63, 1, 8, 16",
        "64, 0, 1, 16",
        "64, 65, 1, 16",
        "64, 1, 0, 16",
        "1024, 1, 65, 16",
        "64, 1, 1, 7",
        "64, 1, 1, 65"
    })
    void refusesForgedParameters(int memoryKib, int passes, int lanes, int saltBytes) {
        refused(
                Reason.ARGUMENT_INVALID,
                () -> new Argon2Parameters(memoryKib, passes, lanes, Octets.of(new byte[saltBytes])));
    }
}
