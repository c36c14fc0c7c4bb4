package org.cofferhsm.hsm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {

    /** RFC 7468 §13, figure 13. */
    private static final String RFC_7468 = """
            -----BEGIN PUBLIC KEY-----
            MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEn1LlwLN/KBYQRVH6HfIMTzfEqJOVztLe
            kLchp2hi78cCaMY81FBlYs8J9l7krc+M4aBeCGYFjba+hiXttJWPL7ydlE+5UG4U
            Nkn3Eos8EiZByi9DVsyfy9eejh+8AXgp
            -----END PUBLIC KEY-----
            """;

    @Test
    void readsAndWritesTheExampleOfTheStandard() {
        byte[] key = Pem.decodePublicKey(ascii(RFC_7468));
        assertThat(key).hasSize(120).startsWith(0x30, 0x76);
        assertThat(Pem.encodePublicKey(key)).isEqualTo(ascii(RFC_7468));
    }

    @Test
    void skipsTextAroundTheBlock() {
        assertThat(Pem.decodePublicKey(ascii("Subject: x\r\n" + RFC_7468.replace("\n", "\r\n") + "more")))
                .isEqualTo(Pem.decodePublicKey(ascii(RFC_7468)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no block at all|holds no PEM block",
                "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----|is a PRIVATE KEY; only a PUBLIC KEY",
                "-----BEGIN PUBLIC KEY-----A-----END PUBLIC KEY-----|is not Base64"
            })
    void refusesWhatIsNoPublicKey(String text, String complaint) {
        assertThatThrownBy(() -> Pem.decodePublicKey(ascii(text)))
                .hasMessageContaining(complaint)
                .isInstanceOfSatisfying(
                        HsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID));
    }

    @Test
    void breaksLinesAt64Characters() {
        String text = new String(Pem.encodePublicKey(new byte[100]), StandardCharsets.US_ASCII);
        assertThat(text.lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).hasSize(64));
        assertThat(Base64.getMimeDecoder().decode(text.lines().skip(1).limit(3).reduce("", String::concat)))
                .hasSize(100);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
