package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RsaRawTest {
    private static final Algorithm RAW = Algorithm.of(MechanismType.RSA_X_509);

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new RsaRaw(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void raisesToThePublicExponent(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaRaw family = new RsaRaw(engine.engine());
        RsaPublicPart part = RsaPublicPart.of(pair.publicKey());
        for (byte[] data : new byte[][] {{}, {0}, {1}, {7, 7, 7}, largest(part)}) {
            BigInteger expected = new BigInteger(1, data).modPow(part.exponent(), part.modulus());
            byte[] ciphertext = family.encrypt(pair.publicKey(), RAW, data);
            assertThat(ciphertext).isEqualTo(BigIntegers.asUnsignedByteArray(256, expected));
            assertThat(new BigInteger(1, family.decrypt(pair.privateKey(), RAW, ciphertext)))
                    .isEqualTo(new BigInteger(1, data));
            byte[] signature = family.sign(pair.privateKey(), RAW, data);
            assertThat(family.verify(pair.publicKey(), RAW, data, signature)).isTrue();
            assertThat(family.verify(pair.publicKey(), RAW, new byte[] {9}, signature))
                    .isFalse();
        }
    }

    private static byte[] largest(RsaPublicPart part) {
        return BigIntegers.asUnsignedByteArray(part.modulus().subtract(BigInteger.ONE));
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoNumberBelowTheModulus(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaRaw family = new RsaRaw(engine.engine());
        byte[] modulus = BigIntegers.asUnsignedByteArray(
                RsaPublicPart.of(pair.publicKey()).modulus());
        refused(Reason.DATA_INVALID, () -> family.sign(pair.privateKey(), RAW, modulus));
        refused(Reason.DATA_INVALID, () -> family.encrypt(pair.publicKey(), RAW, modulus));
        refused(Reason.DATA_LENGTH_RANGE, () -> family.encrypt(pair.publicKey(), RAW, new byte[257]));
        refused(Reason.ENCRYPTED_DATA_INVALID, () -> family.decrypt(pair.privateKey(), RAW, modulus));
        refused(Reason.ENCRYPTED_DATA_INVALID, () -> family.decrypt(pair.privateKey(), RAW, new byte[255]));
        assertThat(family.verify(pair.publicKey(), RAW, new byte[] {1}, modulus))
                .isFalse();
        assertThat(family.verify(pair.publicKey(), RAW, new byte[] {1}, new byte[255]))
                .isFalse();
    }
}
