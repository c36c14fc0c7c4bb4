package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.crypto.aes.AesKeyWrap;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RsaAesKeyWrapTest {

    private static RsaAesKeyWrap family(TestEngine engine) {
        return new RsaAesKeyWrap(engine.engine(), new AesKeyWrap(engine.engine()));
    }

    /** The known answer was made by OpenSSL from its two parts. */
    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(family(engine));
    }

    @ParameterizedTest
    @EnumSource
    void wrapsKeysOfAnyLength(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        for (int bits : new int[] {128, 192, 256}) {
            for (int length : new int[] {1, 16, 32, 138, 1218, 2400}) {
                Algorithm algorithm = Algorithm.rsaAes(bits, Hash.SHA384);
                byte[] wrapped;
                try (SecretBytes payload = SecretBytes.owning(new byte[length])) {
                    wrapped = family(engine).wrap(pair.publicKey(), algorithm, payload);
                    assertThat(wrapped).hasSize(256 + 8 + (length + 7) / 8 * 8);
                    assertThat(family(engine)
                                    .unwrap(pair.privateKey(), algorithm, wrapped)
                                    .sameAs(payload))
                            .isTrue();
                }
                refused(
                        Reason.WRAPPED_KEY_INVALID,
                        () -> family(engine)
                                .unwrap(
                                        pair.privateKey(),
                                        Algorithm.rsaAes(bits == 256 ? 128 : 256, Hash.SHA384),
                                        wrapped));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesOneErrorForEveryBadKey(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        byte[] good;
        try (SecretBytes payload = SecretBytes.owning(new byte[32])) {
            good = family(engine).wrap(pair.publicKey(), Algorithm.RSA_AES_SHA256, payload);
        }
        byte[] firstHalf = good.clone();
        firstHalf[10] ^= 1;
        byte[] secondHalf = good.clone();
        secondHalf[260] ^= 1;
        Set<String> messages = new HashSet<>();
        for (byte[] bad : List.of(
                firstHalf,
                secondHalf,
                Arrays.copyOf(good, 256),
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 8),
                new byte[0])) {
            HsmException refusal = refused(
                    Reason.WRAPPED_KEY_INVALID,
                    () -> family(engine).unwrap(pair.privateKey(), Algorithm.RSA_AES_SHA256, bad));
            messages.add(refusal.getMessage());
            assertThat(refusal).hasNoCause();
        }
        assertThat(messages).hasSize(1);
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> family(engine).unwrap(pair.privateKey(), Algorithm.rsaAes(64, Hash.SHA256), good));
    }
}
