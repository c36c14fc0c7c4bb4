package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.aes;
import static org.cofferhsm.hsm.crypto.Given.generic;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cofferhsm.hsm.crypto.digest.Sha;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MechanismsTest {
    private static final Engine ENGINE = Engine.fastest();
    private static final EngineKey AES_KEY = aes("000102030405060708090a0b0c0d0e0f");

    private final Mechanisms mechanisms = Mechanisms.standard(ENGINE);

    static List<MechanismType> symmetric() {
        return List.of(
                MechanismType.AES_KEY_GEN,
                MechanismType.AES_ECB,
                MechanismType.AES_CBC,
                MechanismType.AES_CBC_PAD,
                MechanismType.AES_CTR,
                MechanismType.AES_GCM,
                MechanismType.AES_KEY_WRAP,
                MechanismType.AES_KEY_WRAP_KWP,
                MechanismType.AES_CMAC,
                MechanismType.GENERIC_SECRET_KEY_GEN,
                MechanismType.SHA_1_HMAC,
                MechanismType.SHA224_HMAC,
                MechanismType.SHA256_HMAC,
                MechanismType.SHA384_HMAC,
                MechanismType.SHA512_HMAC,
                MechanismType.SHA_1,
                MechanismType.SHA224,
                MechanismType.SHA256,
                MechanismType.SHA384,
                MechanismType.SHA512,
                MechanismType.HKDF_DERIVE,
                MechanismType.SP800_108_COUNTER_KDF);
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void listsAndTestsTheMechanism(MechanismType type) {
        MechanismInfo info = mechanisms.info(type).orElseThrow();
        Operation operation = info.operations().iterator().next();
        assertThat(mechanisms.ready(Algorithm.of(type), operation)).isNotNull();
    }

    /** Also without native code, so that a platform that Corretto lacks is not served untested. */
    static Stream<Engine> engines() {
        return Stream.of(Engine.fastest(), Engine.withoutNativeCode());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void passesAllSelfTests(Engine engine) {
        Mechanisms all = Mechanisms.standard(engine);
        all.testAll();
        assertThat(all.failure()).isEmpty();
        assertThat(all.infos()).hasSizeGreaterThanOrEqualTo(symmetric().size());
    }

    @Test
    void refusesOperationsThatTheMechanismLacks() {
        refused(Reason.MECHANISM_INVALID, () -> mechanisms.ready(Algorithm.AES_KW, Operation.ENCRYPT, AES_KEY));
        refused(Reason.MECHANISM_INVALID, () -> mechanisms.ready(Algorithm.SHA256, Operation.SIGN));
        refused(
                Reason.MECHANISM_INVALID,
                () -> mechanisms.ready(Algorithm.of(MechanismType.AES_CBC), Operation.WRAP, AES_KEY));
    }

    @Test
    void refusesMechanismsThatAreNotThere() {
        Mechanisms digests = new Mechanisms(List.of(new Sha(ENGINE)));
        refused(Reason.MECHANISM_INVALID, () -> digests.ready(Algorithm.AES_GCM, Operation.ENCRYPT, AES_KEY));
        assertThat(digests.info(MechanismType.AES_GCM)).isEmpty();
    }

    @Test
    void refusesKeysOfAnotherType() {
        EngineKey hmacKey = SecretKeys.owning(KeyType.SHA256_HMAC, new byte[32]);
        refused(
                Reason.KEY_TYPE_INCONSISTENT,
                () -> mechanisms.ready(
                        Algorithm.AES_GCM, Operation.ENCRYPT, generic("000102030405060708090a0b0c0d0e0f")));
        refused(Reason.KEY_TYPE_INCONSISTENT, () -> mechanisms.ready(Algorithm.SHA384_HMAC, Operation.SIGN, hmacKey));
        refused(Reason.KEY_TYPE_INCONSISTENT, () -> mechanisms.ready(Algorithm.SHA256_HMAC, Operation.SIGN, AES_KEY));
        assertThat(mechanisms.ready(Algorithm.SHA256_HMAC, Operation.SIGN, hmacKey))
                .isNotNull();
    }

    @Test
    void refusesKeysOfAnotherSize() {
        Mechanisms large = new Mechanisms(List.of(new Countable(256)));
        refused(Reason.KEY_SIZE_RANGE, () -> large.ready(Algorithm.AES_ECB, Operation.ENCRYPT, AES_KEY));
        assertThat(new Mechanisms(List.of(new Countable(128))).ready(Algorithm.AES_ECB, Operation.ENCRYPT, AES_KEY))
                .isNotNull();
    }

    @Test
    void testsEachMechanismOnce() {
        Countable family = new Countable(128);
        Mechanisms one = new Mechanisms(List.of(family));
        one.ready(Algorithm.AES_ECB, Operation.ENCRYPT);
        one.ready(Algorithm.AES_ECB, Operation.ENCRYPT, AES_KEY);
        one.testAll();
        assertThat(family.tests).hasValue(1);
    }

    @Test
    void withdrawsEveryMechanismAfterAFailedSelfTest() {
        Mechanisms some = new Mechanisms(List.of(new Sha(ENGINE), new Broken()));
        List<HsmException> heard = new ArrayList<>();
        some.onFailure(heard::add);
        assertThat(some.ready(Algorithm.SHA256, Operation.DIGEST)).isNotNull();

        refused(Reason.SELF_TEST_FAILED, () -> some.ready(Algorithm.AES_ECB, Operation.ENCRYPT, AES_KEY));

        refused(Reason.SELF_TEST_FAILED, () -> some.ready(Algorithm.AES_ECB, Operation.ENCRYPT, AES_KEY));
        refused(Reason.SELF_TEST_FAILED, () -> some.ready(Algorithm.SHA256, Operation.DIGEST));
        refused(Reason.SELF_TEST_FAILED, () -> some.ready(Algorithm.SHA512, Operation.DIGEST));
        assertThat(heard).hasSize(1);
        assertThat(some.failure()).hasValue(heard.get(0));
    }

    @Test
    void tellsALateListenerOfAnEarlierFailure() {
        Mechanisms broken = new Mechanisms(List.of(new Broken()));
        refused(Reason.SELF_TEST_FAILED, () -> broken.ready(Algorithm.AES_ECB, Operation.ENCRYPT));
        List<HsmException> heard = new ArrayList<>();
        broken.onFailure(heard::add);
        assertThat(heard).hasSize(1);
    }

    @Test
    void countsAnyExceptionAsAFailedSelfTest() {
        Mechanisms crashing = new Mechanisms(List.of(new Crashing()));
        refused(Reason.SELF_TEST_FAILED, () -> crashing.ready(Algorithm.AES_ECB, Operation.ENCRYPT));
        assertThat(crashing.failure().orElseThrow()).hasRootCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void worksOnAfterForgetting() {
        Mechanism gcm = mechanisms.ready(Algorithm.AES_GCM, Operation.ENCRYPT, AES_KEY);
        byte[] sealed = gcm.encrypt(AES_KEY, Algorithm.AES_GCM, new byte[10]);
        mechanisms.forget();
        assertThat(gcm.decrypt(AES_KEY, Algorithm.aesGcm(Octets.EMPTY), sealed)).isEqualTo(new byte[10]);
    }

    /** A family whose self-test passes and counts. */
    private static final class Countable extends Mechanism {
        private final AtomicInteger tests = new AtomicInteger();
        private final int minBits;

        Countable(int minBits) {
            this.minBits = minBits;
        }

        @Override
        public List<MechanismInfo> infos() {
            return List.of(ecb(minBits));
        }

        @Override
        public void selfTest(MechanismInfo mechanism) {
            tests.incrementAndGet();
        }
    }

    /** A family that gives wrong answers. */
    private static final class Broken extends Mechanism {
        @Override
        public List<MechanismInfo> infos() {
            return List.of(ecb(128));
        }

        @Override
        public void selfTest(MechanismInfo mechanism) {
            expect(mechanism, "00", new byte[] {1});
        }
    }

    /** A family whose engine falls over. */
    private static final class Crashing extends Mechanism {
        @Override
        public List<MechanismInfo> infos() {
            return List.of(ecb(128));
        }

        @Override
        public void selfTest(MechanismInfo mechanism) {
            throw new ArithmeticException("the engine fell over");
        }
    }

    private static MechanismInfo ecb(int minBits) {
        return new MechanismInfo(MechanismType.AES_ECB, Set.of(Operation.ENCRYPT), Set.of(KeyType.AES), minBits, 256);
    }
}
