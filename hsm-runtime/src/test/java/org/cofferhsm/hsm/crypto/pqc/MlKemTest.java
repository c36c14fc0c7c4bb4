package org.cofferhsm.hsm.crypto.pqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.SharedSecret;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class MlKemTest {
    private static final PqcKeyCodec CODEC = new PqcKeyCodec();
    private final Engine engine = TestEngine.FASTEST.engine();
    private final MlKem family = new MlKem(engine);

    /** One hundred keys, encapsulations and decapsulations of good and of random ciphertexts, as one digest. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/fips203-fips204-accumulated.csv", useHeadersInDisplayName = true)
    void agreesAsPublished(PqcParameterSet set, String digest) throws Exception {
        Assumptions.assumeTrue(set.keyType() == KeyType.ML_KEM, "MlDsaTest does the other rows");
        SHAKEDigest source = new SHAKEDigest(128);
        SHAKEDigest collected = new SHAKEDigest(128);
        for (int i = 0; i < 100; i++) {
            EngineKey privateKey =
                    CODEC.decode(ObjectClass.PRIVATE_KEY, KeyType.ML_KEM, Seeds.pkcs8(set, read(source, 64)));
            byte[] publicKey = CODEC.subjectPublicKey(privateKey);
            collect(collected, publicKey);
            EngineKey publicHalf = CODEC.decode(ObjectClass.PUBLIC_KEY, KeyType.ML_KEM, Seeds.spki(set, publicKey));
            SecretWithEncapsulation sent = MLKEMGenerator.internalGenerateEncapsulated(
                    (MLKEMPublicKeyParameters) PqcKey.of(publicHalf).parameters(), read(source, 32));
            collect(collected, sent.getEncapsulation());
            collect(collected, sent.getSecret());
            assertThat(open(privateKey, sent.getEncapsulation())).isEqualTo(sent.getSecret());
            collect(collected, open(privateKey, read(source, sent.getEncapsulation().length)));
        }
        byte[] out = new byte[32];
        collected.doFinal(out, 0, out.length);
        assertThat(out).isEqualTo(Pairs.hex(digest));
    }

    private static byte[] read(SHAKEDigest source, int length) {
        byte[] bytes = new byte[length];
        source.doOutput(bytes, 0, length);
        return bytes;
    }

    private static void collect(SHAKEDigest collected, byte[] bytes) {
        collected.update(bytes, 0, bytes.length);
    }

    private byte[] open(EngineKey privateKey, byte[] ciphertext) {
        try (SecretBytes secret = family.decapsulate(privateKey, Algorithm.ML_KEM, ciphertext)) {
            return secret.use(byte[]::clone);
        }
    }

    @Test
    void passesItsSelfTests() {
        Pairs.passesItsSelfTests(family);
    }

    @ParameterizedTest
    @EnumSource(names = "ML_KEM_.*", mode = EnumSource.Mode.MATCH_ALL)
    void bothSidesComeToTheSame(PqcParameterSet set) {
        EngineKeyPair pair = PqcPairs.fresh(set);
        SharedSecret sent = family.encapsulate(pair.publicKey(), Algorithm.ML_KEM);
        byte[] mine = sent.secret().use(byte[]::clone);
        byte[] ciphertext = sent.ciphertext().toByteArray();
        assertThat(open(pair.privateKey(), ciphertext)).isEqualTo(mine).hasSize(32);
        ciphertext[9] ^= 1;
        byte[] rejected = open(pair.privateKey(), ciphertext);
        assertThat(rejected).hasSize(32).isNotEqualTo(mine).isEqualTo(open(pair.privateKey(), ciphertext));
    }

    @ParameterizedTest
    @EnumSource(names = "ML_KEM_.*", mode = EnumSource.Mode.MATCH_ALL)
    void refusesCiphertextsOfOtherLengths(PqcParameterSet set) {
        EngineKeyPair pair = PqcPairs.fresh(set);
        int length = family.encapsulate(pair.publicKey(), Algorithm.ML_KEM)
                .ciphertext()
                .length();
        for (int wrong : new int[] {0, 1, length - 1, length + 1}) {
            refused(Reason.ENCRYPTED_DATA_INVALID, () -> open(pair.privateKey(), new byte[wrong]));
        }
        Algorithm stray = new Algorithm(MechanismType.ML_KEM, new Parameters.MlDsaContext(Octets.EMPTY));
        refused(Reason.MECHANISM_PARAMETER_INVALID, () -> family.encapsulate(pair.publicKey(), stray));
    }
}
