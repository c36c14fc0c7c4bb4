package org.cofferhsm.hsm.crypto.pqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class MlDsaTest {
    private static final PqcKeyCodec CODEC = new PqcKeyCodec();
    private final Engine engine = TestEngine.FASTEST.engine();
    private final MlDsa family = new MlDsa(engine);

    private static Algorithm withContext(int bytes) {
        Octets context = Octets.of(new byte[bytes]);
        return new Algorithm(MechanismType.ML_DSA, new Parameters.MlDsaContext(context));
    }

    /** One hundred seeds, keys and signatures, as one digest. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/fips203-fips204-accumulated.csv", useHeadersInDisplayName = true)
    void signsAsPublished(PqcParameterSet set, String digest) throws Exception {
        Assumptions.assumeTrue(set.keyType() == KeyType.ML_DSA, "MlKemTest does the other rows");
        SHAKEDigest source = new SHAKEDigest(128);
        SHAKEDigest collected = new SHAKEDigest(128);
        byte[] seed = new byte[32];
        for (int i = 0; i < 100; i++) {
            source.doOutput(seed, 0, seed.length);
            EngineKey privateKey = CODEC.decode(ObjectClass.PRIVATE_KEY, KeyType.ML_DSA, Seeds.pkcs8(set, seed));
            byte[] publicKey = CODEC.subjectPublicKey(privateKey);
            collected.update(publicKey, 0, publicKey.length);
            byte[] signature = deterministic(privateKey);
            collected.update(signature, 0, signature.length);
            EngineKey publicHalf = CODEC.decode(ObjectClass.PUBLIC_KEY, KeyType.ML_DSA, Seeds.spki(set, publicKey));
            assertThat(family.verify(publicHalf, Algorithm.ML_DSA, new byte[0], signature))
                    .isTrue();
        }
        byte[] out = new byte[32];
        collected.doFinal(out, 0, out.length);
        assertThat(out).isEqualTo(Pairs.hex(digest));
    }

    private static byte[] deterministic(EngineKey privateKey) throws Exception {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, (MLDSAPrivateKeyParameters) PqcKey.of(privateKey).parameters());
        return signer.generateSignature();
    }

    @Test
    void passesItsSelfTests() {
        Pairs.passesItsSelfTests(family);
        Pairs.passesItsSelfTests(new PqcKeyPairs(engine));
    }

    @ParameterizedTest
    @EnumSource(names = "ML_DSA_.*", mode = EnumSource.Mode.MATCH_ALL)
    void signsInPiecesForEightThreadsAndRefusesOtherSignatures(PqcParameterSet set) throws Exception {
        EngineKeyPair pair = PqcPairs.fresh(set);
        Pairs.signsInPiecesAsInOne(family, withContext(7), pair);
        Pairs.refusesAlteredSignatures(family, Algorithm.ML_DSA, pair, new byte[40]);
        Pairs.servesEightThreads(family, Algorithm.ML_DSA, pair);
    }

    @Test
    void bindsTheContext() {
        EngineKeyPair pair = PqcPairs.fresh(PqcParameterSet.ML_DSA_65);
        byte[] signature = family.sign(pair.privateKey(), withContext(255), new byte[5]);
        assertThat(family.verify(pair.publicKey(), withContext(255), new byte[5], signature))
                .isTrue();
        assertThat(family.verify(pair.publicKey(), withContext(254), new byte[5], signature))
                .isFalse();
        assertThat(family.verify(pair.publicKey(), Algorithm.ML_DSA, new byte[5], signature))
                .isFalse();
        byte[] without = family.sign(pair.privateKey(), Algorithm.ML_DSA, new byte[5]);
        assertThat(family.verify(pair.publicKey(), withContext(0), new byte[5], without))
                .isTrue();
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> family.sign(pair.privateKey(), withContext(256), new byte[5]));
        Algorithm stray = new Algorithm(MechanismType.ML_DSA, Algorithm.SHA256_RSA_PSS.parameters());
        refused(Reason.MECHANISM_PARAMETER_INVALID, () -> family.sign(pair.privateKey(), stray, new byte[5]));
    }

    @Test
    void hedgesItsSignatures() {
        EngineKeyPair pair = PqcPairs.fresh(PqcParameterSet.ML_DSA_44);
        byte[] one = family.sign(pair.privateKey(), Algorithm.ML_DSA, new byte[5]);
        byte[] other = family.sign(pair.privateKey(), Algorithm.ML_DSA, new byte[5]);
        assertThat(Arrays.equals(one, other)).isFalse();
    }

    /** Amazon's provider, or the JDK's where it has ML-DSA. */
    @ParameterizedTest
    @EnumSource(names = "ML_DSA_.*", mode = EnumSource.Mode.MATCH_ALL)
    void isUnderstoodByAnotherEngine(PqcParameterSet set) throws Exception {
        Assumptions.assumeTrue(engine.has("Signature", "ML-DSA"), "no other engine has ML-DSA here");
        EngineKeyPair pair = PqcPairs.fresh(set);
        KeyFactory keys = engine.keyFactory("ML-DSA");
        PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(CODEC.encode(pair.publicKey())));
        Signature other = engine.signature("ML-DSA");
        assertThat(other.getProvider()).isNotEqualTo(Security.getProvider("BC"));
        other.initVerify(publicKey);
        other.update(new byte[9]);
        assertThat(other.verify(family.sign(pair.privateKey(), Algorithm.ML_DSA, new byte[9])))
                .isTrue();
    }
}
