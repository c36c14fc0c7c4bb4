package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §4: the parts of which keys of a pair are made, taken and given. */
class PublicKeyObjectTest extends ProgramTests {

    private static final byte[] P256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    private static final byte[] ED25519 = {6, 3, 0x2b, 0x65, 0x70};

    @Test
    void showsThePointOfACurveInItsOctetString() {
        long session = program.loggedIn(ALICE);
        long[] pair = program.generatePair(
                session, MechanismType.EC_KEY_PAIR_GEN.code(), template().with(Attribute.CURVE, P256), template());
        assertThat(program.attribute(session, pair[0], Attribute.EC_POINT.code()))
                .hasSize(67)
                .startsWith(4, 65, 4);
        assertThat(program.attribute(session, pair[1], Attribute.CURVE.code())).isEqualTo(P256);
        byte[] info = program.attribute(session, pair[0], Cka.PUBLIC_KEY_INFO);
        long copy = program.create(
                session,
                template()
                        .of(ObjectClass.PUBLIC_KEY)
                        .of(KeyType.EC)
                        .with(Attribute.CURVE, P256)
                        .with(Attribute.EC_POINT, program.attribute(session, pair[0], Attribute.EC_POINT.code())));
        assertThat(program.attribute(session, copy, Cka.PUBLIC_KEY_INFO)).isEqualTo(info);
        byte[] signature = program.call(
                        Operation.SIGN,
                        out -> plain(out, session, MechanismType.ECDSA_SHA256, pair[1])
                                .bytes(DATA))
                .bytes();
        program.call(
                Operation.VERIFY,
                out -> plain(out, session, MechanismType.ECDSA_SHA256, copy)
                        .bytes(DATA)
                        .bytes(signature));
    }

    @Test
    void takesAndGivesEveryKindOfPublicKey() {
        long session = program.loggedIn(ALICE);
        byte[] printable = "\u0013\u000cedwards25519".getBytes(StandardCharsets.US_ASCII);
        long[] edwards = program.generatePair(
                session,
                MechanismType.EC_EDWARDS_KEY_PAIR_GEN.code(),
                template().with(Attribute.CURVE, printable),
                template());
        assertThat(program.attribute(session, edwards[0], Attribute.CURVE.code()))
                .isEqualTo(ED25519);
        sameAgain(session, edwards[0], KeyType.EC_EDWARDS, Attribute.CURVE.code(), Attribute.EC_POINT.code());
        long[] lattice = program.generatePair(
                session,
                MechanismType.ML_DSA_KEY_PAIR_GEN.code(),
                template().with(Attribute.PARAMETER_SET, 2),
                template());
        assertThat(program.attribute(session, lattice[0], Cka.VALUE)).hasSize(1952);
        sameAgain(session, lattice[0], KeyType.ML_DSA, Cka.PARAMETER_SET, Cka.VALUE);
        long[] rsa = program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().with(Attribute.MODULUS_BITS, 2048),
                template());
        sameAgain(session, rsa[0], KeyType.RSA, Attribute.MODULUS.code(), Attribute.PUBLIC_EXPONENT.code());
        assertThat(program.attribute(session, rsa[1], Cka.PUBLIC_KEY_INFO))
                .isEqualTo(program.attribute(session, rsa[0], Cka.PUBLIC_KEY_INFO));
        assertThat(program.hidden(session, rsa[1], Cka.PRIVATE_EXPONENT)).isEqualTo(Ckr.ATTRIBUTE_SENSITIVE);
    }

    private void sameAgain(long session, long key, KeyType type, int... parts) {
        TemplateBuilder again = template().of(ObjectClass.PUBLIC_KEY).of(type);
        for (int part : parts) {
            again.with(part, program.attribute(session, key, part));
        }
        assertThat(program.attribute(session, program.create(session, again), Cka.PUBLIC_KEY_INFO))
                .isEqualTo(program.attribute(session, key, Cka.PUBLIC_KEY_INFO));
    }

    @Test
    void takesAModulusWithALeadingZero() throws Exception {
        long session = program.loggedIn(ALICE);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        long imported = program.create(
                session,
                template()
                        .of(ObjectClass.PUBLIC_KEY)
                        .of(KeyType.RSA)
                        .with(Attribute.MODULUS, key.getModulus().toByteArray())
                        .with(
                                Attribute.PUBLIC_EXPONENT,
                                BigInteger.valueOf(65537).toByteArray()));
        assertThat(program.attribute(session, imported, Attribute.MODULUS.code()))
                .hasSize(256);
        assertThat(program.attribute(session, imported, Cka.PUBLIC_KEY_INFO)).isEqualTo(key.getEncoded());
        assertThat(program.find(
                        session,
                        template().with(Attribute.MODULUS, key.getModulus().toByteArray())))
                .containsExactly(imported);
    }

    @Test
    void readsAPrivateKeyApartThatItsOwnerMadeReadable() {
        long session = program.loggedIn(ALICE);
        long[] pair = program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().with(Attribute.MODULUS_BITS, 2048),
                template().with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true));
        BigInteger modulus = new BigInteger(1, program.attribute(session, pair[1], Attribute.MODULUS.code()));
        BigInteger p = new BigInteger(1, program.attribute(session, pair[1], Cka.PRIME_1));
        BigInteger q = new BigInteger(1, program.attribute(session, pair[1], Cka.PRIME_2));
        assertThat(p.multiply(q)).isEqualTo(modulus);
        long[] curve = program.generatePair(
                session,
                MechanismType.EC_KEY_PAIR_GEN.code(),
                template().with(Attribute.CURVE, P256),
                template().with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true));
        assertThat(program.attribute(session, curve[1], Cka.VALUE)).hasSizeBetween(28, 32);
        assertThat(program.hidden(session, curve[1], Cka.PRIME_1)).isEqualTo(Ckr.ATTRIBUTE_TYPE_INVALID);
    }
}
