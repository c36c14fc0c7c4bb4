package org.cofferhsm.hsm.crypto.pqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PqcKeyCodecTest {
    private static final KeyCodec CODEC = KeyCodec.standard(TestEngine.FASTEST.engine());

    @ParameterizedTest
    @EnumSource
    void storesPrivateKeysAsTheirSeed(PqcParameterSet set) {
        EngineKeyPair pair = PqcPairs.fresh(set);
        byte[] encoded = CODEC.encode(pair.privateKey());
        assertThat(encoded).hasSizeLessThan(100);
        EngineKey read = CODEC.decode(ObjectClass.PRIVATE_KEY, set.keyType(), encoded);
        assertThat(CODEC.encode(read)).isEqualTo(encoded);
        assertThat(CODEC.describe(read)).isEqualTo(CODEC.describe(pair.privateKey()));
        assertThat(CODEC.describe(read).get(Attribute.PARAMETER_SET)).isEqualTo(set);
        assertThat(CODEC.describe(read).get(Attribute.CHECK_VALUE))
                .isEqualTo(CODEC.describe(pair.publicKey()).get(Attribute.CHECK_VALUE));
        byte[] publicKey = CODEC.encode(pair.publicKey());
        assertThat(CODEC.encode(CODEC.decode(ObjectClass.PUBLIC_KEY, set.keyType(), publicKey)))
                .isEqualTo(publicKey);
        assertThat(read.bits()).isEqualTo(pair.publicKey().bits());
        assertThat(read.jca().getEncoded()).isNull();
        assertThat(read.jca()).hasToString(set + " private key");
    }

    private static byte[] expanded(EngineKey key) {
        return PqcKey.of(key).parameters() instanceof MLDSAPrivateKeyParameters half
                ? half.getEncoded()
                : ((MLKEMPrivateKeyParameters) PqcKey.of(key).parameters()).getEncoded();
    }

    private static byte[] seed(EngineKey key) {
        return PqcKey.of(key).parameters() instanceof MLDSAPrivateKeyParameters half
                ? half.getSeed()
                : ((MLKEMPrivateKeyParameters) PqcKey.of(key).parameters()).getSeed();
    }

    @ParameterizedTest
    @EnumSource
    void readsExpandedKeysAndBoth(PqcParameterSet set) throws Exception {
        EngineKeyPair pair = PqcPairs.fresh(set);
        DEROctetString expanded = new DEROctetString(expanded(pair.privateKey()));
        AlgorithmIdentifier algorithm = PqcOid.of(set).algorithm();
        byte[] alone = new PrivateKeyInfo(algorithm, expanded).getEncoded();
        EngineKey read = CODEC.decode(ObjectClass.PRIVATE_KEY, set.keyType(), alone);
        assertThat(CODEC.encode(read)).isEqualTo(alone);
        assertThat(CODEC.describe(read)).isEqualTo(CODEC.describe(pair.privateKey()));
        DERSequence both = new DERSequence(new DEROctetString(seed(pair.privateKey())), expanded);
        byte[] withSeed = new PrivateKeyInfo(algorithm, both).getEncoded();
        assertThat(CODEC.encode(CODEC.decode(ObjectClass.PRIVATE_KEY, set.keyType(), withSeed)))
                .isEqualTo(CODEC.encode(pair.privateKey()));
        DERSequence mixed =
                new DERSequence(new DEROctetString(seed(PqcPairs.fresh(set).privateKey())), expanded);
        byte[] ofTwo = new PrivateKeyInfo(algorithm, mixed).getEncoded();
        refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PRIVATE_KEY, set.keyType(), ofTwo));
    }

    @ParameterizedTest
    @EnumSource
    void refusesOtherLengthsCutsTailsAndParameters(PqcParameterSet set) throws Exception {
        EngineKeyPair pair = PqcPairs.fresh(set);
        byte[] good = CODEC.encode(pair.privateKey());
        for (int length = 0; length < good.length + 4; length++) {
            byte[] other = Arrays.copyOf(good, length);
            if (length != good.length) {
                refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PRIVATE_KEY, set.keyType(), other));
            }
        }
        byte[] publicBytes = PqcKeyCodec.publicBytes(PqcKey.of(pair.publicKey()).parameters());
        for (int length : new int[] {0, publicBytes.length - 1, publicBytes.length + 1}) {
            byte[] other = Seeds.spki(set, Arrays.copyOf(publicBytes, length));
            refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PUBLIC_KEY, set.keyType(), other));
        }
        AlgorithmIdentifier withNull =
                new AlgorithmIdentifier(PqcOid.of(set).algorithm().getAlgorithm(), DERNull.INSTANCE);
        byte[] parameters = new SubjectPublicKeyInfo(withNull, publicBytes).getEncoded();
        refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PUBLIC_KEY, set.keyType(), parameters));
        KeyType otherType = set.keyType() == KeyType.ML_DSA ? KeyType.ML_KEM : KeyType.ML_DSA;
        refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PRIVATE_KEY, otherType, good));
    }

    /** FIPS 203 §7.2, the modulus check: coefficients have to be below 3329. */
    @Test
    void refusesMlKemKeysThatAreNotReduced() throws Exception {
        PqcParameterSet set = PqcParameterSet.ML_KEM_768;
        byte[] publicBytes = PqcKeyCodec.publicBytes(
                PqcKey.of(PqcPairs.fresh(set).publicKey()).parameters());
        publicBytes[0] = (byte) 0xff;
        publicBytes[1] |= 0x0f;
        byte[] encoded = Seeds.spki(set, publicBytes);
        refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PUBLIC_KEY, KeyType.ML_KEM, encoded));
    }

    /** FIPS 203 §7.3, the hash check: an expanded key carries a hash of its public part. */
    @Test
    void refusesMlKemKeysWhosePartsDoNotFit() throws Exception {
        PqcParameterSet set = PqcParameterSet.ML_KEM_768;
        byte[] expanded = expanded(PqcPairs.fresh(set).privateKey());
        expanded[expanded.length - 40] ^= 1;
        byte[] encoded = new PrivateKeyInfo(PqcOid.of(set).algorithm(), new DEROctetString(expanded)).getEncoded();
        refused(Reason.DATA_INVALID, () -> CODEC.decode(ObjectClass.PRIVATE_KEY, KeyType.ML_KEM, encoded));
    }

    @Test
    void refusesSetsOfAnotherMechanism() {
        refused(
                Reason.TEMPLATE_INCONSISTENT,
                () -> new PqcKeyPairs(TestEngine.FASTEST.engine())
                        .generatePair(
                                Algorithm.of(MechanismType.ML_KEM_KEY_PAIR_GEN),
                                KeyPairTemplate.pqc(PqcParameterSet.ML_DSA_65).publicKey()));
    }

    @Test
    void wipesDestroyedKeys() {
        EngineKey key = PqcPairs.fresh(PqcParameterSet.ML_DSA_44).privateKey();
        assertThat(key.destroy()).isTrue();
        assertThat(((MLDSAPrivateKeyParameters) PqcKey.of(key).parameters()).isDestroyed())
                .isTrue();
    }
}
