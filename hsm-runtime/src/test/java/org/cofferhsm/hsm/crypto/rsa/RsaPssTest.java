package org.cofferhsm.hsm.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Pairs.refused;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Pairs;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RsaPssTest {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);

    private static Algorithm pss(MechanismType type, Hash hash, Hash mgf, int salt) {
        return new Algorithm(type, new Parameters.Pss(hash, mgf, salt));
    }

    private static MechanismType hashing(Hash hash) {
        return MechanismType.valueOf(hash.name() + "_RSA_PKCS_PSS");
    }

    @ParameterizedTest
    @EnumSource
    void passesItsSelfTests(TestEngine engine) {
        Pairs.passesItsSelfTests(new RsaPss(engine.engine()));
    }

    @ParameterizedTest
    @EnumSource
    void understandsBouncyCastle(TestEngine engine) throws Exception {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPss family = new RsaPss(engine.engine());
        for (Hash hash : Hash.values()) {
            String name = hash.standardName();
            Signature other = Signature.getInstance("RSASSA-PSS", BOUNCY_CASTLE);
            other.setParameter(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), hash.bytes(), 1));
            Algorithm algorithm = Algorithm.of(hashing(hash));
            other.initVerify((PublicKey) pair.publicKey().jca());
            other.update(DATA);
            assertThat(other.verify(family.sign(pair.privateKey(), algorithm, DATA)))
                    .isTrue();
            other.initSign((PrivateKey) pair.privateKey().jca());
            other.update(DATA);
            assertThat(family.verify(pair.publicKey(), algorithm, DATA, other.sign()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void signsADigestAsTheDataOfIt(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPss family = new RsaPss(engine.engine());
        for (Hash hash : Hash.values()) {
            for (Hash mgf : Hash.values()) {
                byte[] digest =
                        engine.engine().messageDigest(hash.standardName()).digest(DATA);
                Algorithm onDigest = pss(MechanismType.RSA_PKCS_PSS, hash, mgf, 20);
                Algorithm onData = pss(hashing(hash), hash, mgf, 20);
                byte[] one = family.sign(pair.privateKey(), onDigest, digest);
                byte[] other = family.sign(pair.privateKey(), onData, DATA);
                assertThat(family.verify(pair.publicKey(), onData, DATA, one)).isTrue();
                assertThat(family.verify(pair.publicKey(), onDigest, digest, other))
                        .isTrue();
                Algorithm otherSalt = pss(MechanismType.RSA_PKCS_PSS, hash, mgf, 21);
                assertThat(family.verify(pair.publicKey(), otherSalt, digest, other))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesEverySaltThatFits(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPss family = new RsaPss(engine.engine());
        byte[] digest = new byte[32];
        for (int salt : new int[] {0, 1, 32, 222}) {
            for (Hash mgf : new Hash[] {Hash.SHA256, Hash.SHA1}) {
                Algorithm onData = pss(MechanismType.SHA256_RSA_PKCS_PSS, Hash.SHA256, mgf, salt);
                Algorithm onDigest = pss(MechanismType.RSA_PKCS_PSS, Hash.SHA256, mgf, salt);
                Pairs.refusesAlteredSignatures(family, onData, pair, DATA);
                Pairs.refusesAlteredSignatures(family, onDigest, pair, digest);
            }
        }
        for (int salt : new int[] {-1, 223}) {
            refused(
                    Reason.MECHANISM_PARAMETER_INVALID,
                    () -> family.sign(
                            pair.privateKey(),
                            pss(MechanismType.SHA256_RSA_PKCS_PSS, Hash.SHA256, Hash.SHA256, salt),
                            DATA));
            refused(
                    Reason.MECHANISM_PARAMETER_INVALID,
                    () -> family.verify(
                            pair.publicKey(),
                            pss(MechanismType.RSA_PKCS_PSS, Hash.SHA256, Hash.SHA256, salt),
                            digest,
                            new byte[256]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesParametersThatDoNotFit(TestEngine engine) {
        EngineKeyPair pair = RsaPairs.known(engine);
        RsaPss family = new RsaPss(engine.engine());
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> family.sign(
                        pair.privateKey(), pss(MechanismType.SHA256_RSA_PKCS_PSS, Hash.SHA384, Hash.SHA384, 48), DATA));
        refused(
                Reason.MECHANISM_PARAMETER_INVALID,
                () -> family.sign(pair.privateKey(), Algorithm.of(MechanismType.RSA_PKCS_PSS), new byte[32]));
        refused(
                Reason.DATA_LENGTH_RANGE,
                () -> family.sign(
                        pair.privateKey(),
                        pss(MechanismType.RSA_PKCS_PSS, Hash.SHA256, Hash.SHA256, 32),
                        new byte[33]));
        refused(
                Reason.MECHANISM_INVALID,
                () -> family.startSign(
                        pair.privateKey(), pss(MechanismType.RSA_PKCS_PSS, Hash.SHA256, Hash.SHA256, 32)));
    }

    @ParameterizedTest
    @EnumSource
    void signsInPieces(TestEngine engine) {
        RsaPss family = new RsaPss(engine.engine());
        Pairs.signsInPiecesAsInOne(family, Algorithm.SHA256_RSA_PSS, RsaPairs.known(engine));
        Algorithm twoHashes = pss(MechanismType.SHA512_RSA_PKCS_PSS, Hash.SHA512, Hash.SHA1, 10);
        Pairs.signsInPiecesAsInOne(family, twoHashes, RsaPairs.known(engine));
    }

    @ParameterizedTest
    @EnumSource
    void servesEightThreads(TestEngine engine) throws Exception {
        RsaPss family = new RsaPss(engine.engine());
        Pairs.servesEightThreads(family, Algorithm.SHA256_RSA_PSS, RsaPairs.known(engine));
        Algorithm onDigest = pss(MechanismType.RSA_PKCS_PSS, Hash.SHA1, Hash.SHA1, 20);
        Pairs.servesEightThreads(family, onDigest, RsaPairs.known(engine));
    }

    /** The encoded message is a byte shorter than the modulus then (RFC 8017 §9.1.1). */
    @ParameterizedTest
    @EnumSource
    void signsUnderOddModuli(TestEngine engine) throws Exception {
        EngineKeyPair pair = OddModulus.pair(engine);
        RsaPss family = new RsaPss(engine.engine());
        Pairs.refusesAlteredSignatures(
                family, pss(MechanismType.RSA_PKCS_PSS, Hash.SHA256, Hash.SHA256, 32), pair, new byte[32]);
        Pairs.refusesAlteredSignatures(family, Algorithm.SHA256_RSA_PSS, pair, DATA);
    }
}
