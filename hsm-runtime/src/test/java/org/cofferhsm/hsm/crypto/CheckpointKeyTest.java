package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointKeyTest {
    private static final byte[] DATA = {1, 2, 3};

    private final CheckpointKey key = CheckpointKey.generate(Engine.fastest());

    @Test
    void signsWhatAnybodyCanVerify() {
        byte[] signature = key.sign(DATA);
        assertThat(CheckpointKey.verify(key.publicKey(), DATA, signature)).isTrue();
        assertThat(CheckpointKey.verify(key.publicKey(), new byte[] {1, 2}, signature))
                .isFalse();
        assertThat(CheckpointKey.verify(CheckpointKey.generate(Engine.fastest()).publicKey(), DATA, signature))
                .isFalse();
    }

    @Test
    void refusesDamagedSignatures() {
        byte[] signature = key.sign(DATA);
        for (int i = 0; i < signature.length; i++) {
            byte[] altered = signature.clone();
            altered[i] ^= 1;
            assertThat(CheckpointKey.verify(key.publicKey(), DATA, altered))
                    .as("byte %d", i)
                    .isFalse();
        }
        assertThat(CheckpointKey.verify(key.publicKey(), DATA, new byte[0])).isFalse();
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.fastest(), Engine.withoutNativeCode());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void comesBackFromItsEncodingInEveryEngine(Engine engine) {
        CheckpointKey read = CheckpointKey.decode(engine, key.encoded());
        assertThat(read.publicKey()).isEqualTo(key.publicKey());
        assertThat(CheckpointKey.verify(key.publicKey(), DATA, read.sign(DATA))).isTrue();
        CheckpointKey other = CheckpointKey.generate(engine);
        assertThat(CheckpointKey.verify(
                        other.publicKey(),
                        DATA,
                        CheckpointKey.decode(Engine.fastest(), other.encoded()).sign(DATA)))
                .isTrue();
    }

    @Test
    void refusesDamagedEncodings() {
        byte[] encoded = key.encoded().use(byte[]::clone);
        for (int length : new int[] {0, 3, 4, 30, 60}) {
            SecretBytes cut = SecretBytes.owning(Arrays.copyOf(encoded, length));
            refused(Reason.DATA_INVALID, () -> CheckpointKey.decode(Engine.fastest(), cut));
        }
        encoded[0] = (byte) 0xff; // a negative length
        refused(Reason.DATA_INVALID, () -> CheckpointKey.decode(Engine.fastest(), SecretBytes.owning(encoded)));
    }

    @Test
    void verifiesWithKeysOnEllipticCurvesOnly() throws Exception {
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        refused(Reason.DATA_INVALID, () -> CheckpointKey.verify(rsa, DATA, key.sign(DATA)));
        refused(Reason.DATA_INVALID, () -> CheckpointKey.verify(new byte[5], DATA, key.sign(DATA)));
    }
}
