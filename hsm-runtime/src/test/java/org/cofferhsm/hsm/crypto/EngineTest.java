package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.security.Security;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    private final Engine fastest = Engine.fastest();
    private final Engine plain = Engine.withoutNativeCode();

    @ParameterizedTest
    @CsvSource({
        "Cipher, AES/GCM/NoPadding, SunJCE",
        "Cipher, AES/CBC/PKCS5Padding, SunJCE",
        "Cipher, AES/KW/NoPadding, SunJCE",
        "Cipher, AES/KWP/NoPadding, SunJCE",
        "Mac, HmacSHA256, SunJCE",
        "MessageDigest, SHA-256, SUN",
        "SecretKeyFactory, PBKDF2WithHmacSHA512, SunJCE"
    })
    void takesSymmetricCryptoFromTheJdk(String service, String algorithm, String provider) {
        assertThat(fastest.providerOf(service, algorithm)).isEqualTo(provider);
        assertThat(plain.providerOf(service, algorithm)).isEqualTo(provider);
    }

    @ParameterizedTest
    @CsvSource({
        "Signature, SHA256withECDSA",
        "Signature, SHA256withRSA",
        "Cipher, RSA/ECB/OAEPPadding",
        "KeyAgreement, ECDH"
    })
    void takesAsymmetricCryptoFromCorrettoWhereItRuns(String service, String algorithm) {
        boolean corretto =
                Engine.fastest().providerOf("Signature", "SHA256withRSA").startsWith("AmazonCorretto");
        assertThat(fastest.providerOf(service, algorithm).startsWith("AmazonCorretto"))
                .isEqualTo(corretto);
        assertThat(plain.providerOf(service, algorithm)).startsWith("Sun");
    }

    @Test
    void asksBouncyCastleForWhatTheOthersLack() {
        assertThat(plain.providerOf("Mac", "AESCMAC")).isEqualTo("BC");
    }

    @Test
    void saysWhatNobodyHas() {
        assertThat(fastest.has("Cipher", "ROT13/ECB/NoPadding")).isFalse();
        assertThat(fastest.has("Cipher", "AES/CTR/NoPadding")).isTrue();
        refused(Reason.INTERNAL, () -> fastest.cipher("ROT13/ECB/NoPadding"));
    }

    @Test
    void leavesTheProgramsProvidersAlone() {
        int before = Security.getProviders().length;
        fastest.signature("SHA256withECDSA");
        plain.mac("AESCMAC");
        assertThat(Security.getProviders()).hasSize(before);
    }

    @Test
    void givesOtherRandomBytesEachTime() {
        assertThat(fastest.randomBytes(32)).hasSize(32).isNotEqualTo(fastest.randomBytes(32));
        assertThat(fastest.randomBytes(0)).isEmpty();
    }
}
