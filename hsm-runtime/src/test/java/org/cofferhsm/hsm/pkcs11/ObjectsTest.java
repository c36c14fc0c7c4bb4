package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.number;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.7 and §4: objects and their attributes. */
class ObjectsTest extends ProgramTests {

    private static final String MASTER_KEY = "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080";
    private static final byte[] P256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    private static final byte[] ED25519 = {6, 3, 0x2b, 0x65, 0x70};

    @Test
    void givesANewKeyCryptokisDefaults() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        assertThat(program.attribute(session, key, Attribute.TOKEN.code())).containsExactly(0);
        assertThat(program.attribute(session, key, Attribute.PRIVATE.code())).containsExactly(1);
        assertThat(program.attribute(session, key, Attribute.SENSITIVE.code())).containsExactly(1);
        assertThat(program.attribute(session, key, Attribute.EXTRACTABLE.code()))
                .containsExactly(0);
        assertThat(program.attribute(session, key, Attribute.ENCRYPT.code())).containsExactly(1);
        assertThat(program.attribute(session, key, Attribute.WRAP.code())).containsExactly(0);
        assertThat(program.attribute(session, key, Attribute.START_DATE.code())).isEmpty();
        assertThat(program.attribute(session, key, Attribute.KEY_GEN_MECHANISM.code()))
                .isEqualTo(number(MechanismType.AES_KEY_GEN.code()));
        assertThat(program.attribute(session, key, Attribute.VALUE_LENGTH.code()))
                .isEqualTo(number(32));
        assertThat(program.attribute(session, key, Attribute.ALLOWED_MECHANISMS.code()))
                .isEmpty();
        assertThat(program.hidden(session, key, Cka.VALUE)).isEqualTo(Ckr.ATTRIBUTE_SENSITIVE);
        assertThat(program.hidden(session, key, Attribute.MODULUS.code())).isEqualTo(Ckr.ATTRIBUTE_TYPE_INVALID);
        assertThat(program.hidden(session, key, 0x7777)).isEqualTo(Ckr.ATTRIBUTE_TYPE_INVALID);
    }

    @Test
    void makesAWrappingKeyOfOneThatIsToWrap() {
        long session = program.loggedIn(ALICE);
        long wrapping = aes(session, template().with(Attribute.WRAP, true).with(Attribute.UNWRAP, true));
        assertThat(program.attribute(session, wrapping, Attribute.ENCRYPT.code()))
                .containsExactly(0);
        long payload = aes(session, template().with(Attribute.EXTRACTABLE, true));
        byte[] wrapped = program.call(
                        Operation.WRAP_KEY,
                        out -> plain(out, session, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                                .u64(payload))
                .bytes();
        long unwrapped = program.call(
                        Operation.UNWRAP_KEY,
                        out -> template()
                                .of(ObjectClass.SECRET_KEY)
                                .of(KeyType.AES)
                                .write(plain(out, session, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                                        .bytes(wrapped)))
                .u64();
        assertThat(program.attribute(session, unwrapped, Attribute.CHECK_VALUE.code()))
                .isEqualTo(program.attribute(session, payload, Attribute.CHECK_VALUE.code()));
        assertThat(program.attribute(session, unwrapped, Attribute.KEY_GEN_MECHANISM.code()))
                .isEqualTo(number(-1));
        long hidden = aes(session, template());
        program.refused(
                Ckr.KEY_UNEXTRACTABLE,
                Operation.WRAP_KEY,
                out -> plain(out, session, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                        .u64(hidden));
        program.refused(
                Ckr.WRAPPING_KEY_HANDLE_INVALID,
                Operation.WRAP_KEY,
                out -> plain(out, session, MechanismType.AES_KEY_WRAP_KWP, 4711).u64(payload));
        program.refused(
                Ckr.KEY_HANDLE_INVALID,
                Operation.WRAP_KEY,
                out -> plain(out, session, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                        .u64(4711));
        wrapped[3] ^= 1;
        program.refused(
                Ckr.WRAPPED_KEY_INVALID,
                Operation.UNWRAP_KEY,
                out -> template()
                        .of(ObjectClass.SECRET_KEY)
                        .of(KeyType.AES)
                        .write(plain(out, session, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                                .bytes(wrapped)));
    }

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

    @Test
    void storesCertificatesAndDescribesThem() throws Exception {
        byte[] certificate;
        try (InputStream file = ObjectsTest.class.getResourceAsStream("certificate.der")) {
            certificate = file.readAllBytes();
        }
        long session = program.loggedIn(ALICE);
        long stored = program.create(
                session,
                template()
                        .of(ObjectClass.CERTIFICATE)
                        .token("ca")
                        .with(Attribute.CERTIFICATE_TYPE, 0)
                        .with(Cka.VALUE, certificate));
        byte[] serial = program.attribute(session, stored, Attribute.SERIAL_NUMBER.code());
        assertThat(serial).startsWith(2, serial.length - 2);
        assertThat(program.attribute(session, stored, Attribute.SUBJECT.code())).startsWith(0x30);
        assertThat(program.attribute(session, stored, Cka.VALUE)).isEqualTo(certificate);
        assertThat(program.find(session, template().of(ObjectClass.CERTIFICATE).with(Attribute.SERIAL_NUMBER, serial)))
                .containsExactly(stored);
        assertThat(program.find(session, template().with(Cka.VALUE, certificate)))
                .containsExactly(stored);
        assertThat(program.find(session, template().of(ObjectClass.CERTIFICATE).with(Attribute.ID, new byte[0])))
                .containsExactly(stored);
        program.refused(
                Ckr.ATTRIBUTE_VALUE_INVALID,
                Operation.CREATE_OBJECT,
                out -> template()
                        .of(ObjectClass.CERTIFICATE)
                        .with(Cka.VALUE, DATA)
                        .write(out.u64(session)));
    }

    @Test
    void takesNoKeyInTheClear() {
        long session = program.loggedIn(ALICE);
        program.refused(
                Ckr.TEMPLATE_INCONSISTENT,
                Operation.CREATE_OBJECT,
                out -> template()
                        .of(ObjectClass.SECRET_KEY)
                        .of(KeyType.AES)
                        .with(Cka.VALUE, new byte[16])
                        .write(out.u64(session)));
    }

    @Test
    void refusesTemplatesThatAreWrong() {
        long session = program.loggedIn(ALICE);
        refusedKey(Ckr.TEMPLATE_INCOMPLETE, session, template());
        refusedKey(
                Ckr.TEMPLATE_INCONSISTENT,
                session,
                template().of(ObjectClass.PRIVATE_KEY).with(Attribute.VALUE_LENGTH, 16));
        refusedKey(
                Ckr.TEMPLATE_INCONSISTENT, session, template().of(KeyType.RSA).with(Attribute.VALUE_LENGTH, 16));
        refusedKey(Ckr.ATTRIBUTE_VALUE_INVALID, session, template().with(Attribute.VALUE_LENGTH, new byte[4]));
        refusedKey(
                Ckr.ATTRIBUTE_VALUE_INVALID,
                session,
                template().with(Attribute.VALUE_LENGTH, 16).with(Attribute.TOKEN, new byte[2]));
        refusedKey(
                Ckr.ATTRIBUTE_VALUE_INVALID,
                session,
                template().with(Attribute.VALUE_LENGTH, 16).with(Attribute.START_DATE, "20261399"));
        refusedKey(
                Ckr.ATTRIBUTE_TYPE_INVALID,
                session,
                template().with(Attribute.VALUE_LENGTH, 16).with(0x7777, new byte[1]));
        refusedKey(
                Ckr.ATTRIBUTE_READ_ONLY,
                session,
                template().with(Attribute.VALUE_LENGTH, 16).with(Attribute.LOCAL, true));
        refusedKey(
                Ckr.ATTRIBUTE_READ_ONLY,
                session,
                template().with(Attribute.VALUE_LENGTH, 16).with(Attribute.TRUSTED, true));
        refusedKey(Ckr.ATTRIBUTE_VALUE_INVALID, session, template().with(Attribute.VALUE_LENGTH, 17));
        program.refused(
                Ckr.CURVE_NOT_SUPPORTED,
                Operation.GENERATE_KEY_PAIR,
                out -> template()
                        .write(template()
                                .with(Attribute.CURVE, new byte[] {6, 1, 1})
                                .write(out.u64(session)
                                        .u64(MechanismType.EC_KEY_PAIR_GEN.code())
                                        .u8(0))));
        program.refused(
                Ckr.TEMPLATE_INCONSISTENT,
                Operation.FIND_OBJECTS,
                out -> out.u64(session).u32(2).u32(3).bytes(DATA).u32(3).bytes(DATA));
    }

    private void refusedKey(Ckr value, long session, TemplateBuilder template) {
        program.refused(
                value,
                Operation.GENERATE_KEY,
                out -> template.write(
                        out.u64(session).u64(MechanismType.AES_KEY_GEN.code()).u8(0)));
    }

    @Test
    void changesAttributesInTheDirectionsThatTheStandardHas() {
        long session = program.loggedIn(ALICE);
        long key = aes(
                session,
                template().token("old").with(Attribute.EXTRACTABLE, true).with(Attribute.START_DATE, "20260101"));
        change(session, key, template().with(Attribute.LABEL, "new").with(Attribute.EXTRACTABLE, false));
        assertThat(program.attribute(session, key, Attribute.LABEL.code()))
                .isEqualTo("new".getBytes(StandardCharsets.US_ASCII));
        assertThat(program.attribute(session, key, Attribute.START_DATE.code()))
                .isEqualTo("20260101".getBytes(StandardCharsets.US_ASCII));
        refusedChange(Ckr.ATTRIBUTE_READ_ONLY, session, key, template().with(Attribute.EXTRACTABLE, true));
        refusedChange(Ckr.ATTRIBUTE_READ_ONLY, session, key, template().with(Attribute.VALUE_LENGTH, 16));
        refusedChange(Ckr.ATTRIBUTE_READ_ONLY, session, key, template().with(Attribute.TRUSTED, true));
        refusedChange(Ckr.ATTRIBUTE_VALUE_INVALID, session, key, template().with(Attribute.START_DATE, new byte[0]));
        change(session, key, template().with(Attribute.MODIFIABLE, false));
        refusedChange(Ckr.ACTION_PROHIBITED, session, key, template().with(Attribute.LABEL, "newer"));
    }

    /** Oracle makes its master keys unmodifiable; the policy still lets their owner retire one in two steps. */
    @Test
    void letsThePolicyDecideWhetherAnUnmodifiableObjectMayGo() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template().token(MASTER_KEY).with(Attribute.MODIFIABLE, false));
        refusedDestruction(session, key);
        refusedChange(
                Ckr.ACTION_PROHIBITED,
                session,
                key,
                template().with(Attribute.DESTROYABLE, true).with(Attribute.LABEL, "scratch"));
        refusedDestruction(session, key);

        change(session, key, template().with(Attribute.DESTROYABLE, true));
        change(session, key, template().with(Attribute.DESTROYABLE, false));
        refusedDestruction(session, key);

        change(session, key, template().with(Attribute.DESTROYABLE, true));
        program.call(Operation.DESTROY_OBJECT, out -> out.u64(session).u64(key));
        assertThat(program.find(session, template().with(Attribute.LABEL, MASTER_KEY)))
                .isEmpty();
    }

    private void refusedDestruction(long session, long key) {
        program.refused(
                Ckr.ACTION_PROHIBITED,
                Operation.DESTROY_OBJECT,
                out -> out.u64(session).u64(key));
    }

    private void change(long session, long key, TemplateBuilder template) {
        program.call(
                Operation.SET_ATTRIBUTES, out -> template.write(out.u64(session).u64(key)));
    }

    private void refusedChange(Ckr value, long session, long key, TemplateBuilder template) {
        program.refused(
                value,
                Operation.SET_ATTRIBUTES,
                out -> template.write(out.u64(session).u64(key)));
    }

    @Test
    void copiesASessionKeyIntoTheToken() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        long copy = program.call(
                        Operation.COPY_OBJECT,
                        out -> template().token("copied").write(out.u64(session).u64(key)))
                .u64();
        assertThat(program.attribute(session, copy, Attribute.TOKEN.code())).containsExactly(1);
        program.close(session);
        long next = program.loggedIn(ALICE);
        assertThat(program.find(next, template())).containsExactly(copy);
        long single = aes(next, template().with(Attribute.COPYABLE, false));
        program.refused(
                Ckr.ACTION_PROHIBITED,
                Operation.COPY_OBJECT,
                out -> template().write(out.u64(next).u64(single)));
        long lasting = aes(next, template().with(Attribute.DESTROYABLE, false));
        refusedDestruction(next, lasting);
    }

    @Test
    void letsTheSecurityOfficerTrustAWrappingKey() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template().token("wrap").with(Attribute.WRAP, true));
        program.logout(session);
        program.login(session, Login.SO, ADMIN);
        change(session, key, template().with(Attribute.TRUSTED, true));
        assertThat(program.find(session, template().with(Attribute.TRUSTED, true)))
                .containsExactly(key);
        assertThat(program.hidden(session, key, Cka.VALUE)).isEqualTo(Ckr.ATTRIBUTE_SENSITIVE);
    }

    @Test
    void findsByWhatCryptokiSeesWhereTheModuleHasNothing() {
        long session = program.loggedIn(ALICE);
        long aes = aes(session, template());
        long[] rsa = program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().with(Attribute.MODULUS_BITS, 2048),
                template());
        assertThat(program.find(session, template().of(KeyType.RSA))).containsExactly(rsa[0], rsa[1]);
        assertThat(program.find(session, template().with(Attribute.START_DATE, new byte[0])))
                .containsExactly(aes, rsa[0], rsa[1]);
        assertThat(program.find(session, template().with(Attribute.TRUSTED, false)))
                .containsExactly(aes, rsa[0]);
        assertThat(program.find(session, template().with(0x7777, DATA))).isEmpty();
        assertThat(program.find(session, template().with(Attribute.CLASS, new byte[3])))
                .isEmpty();
        assertThat(program.find(session, template().with(Cka.SIGN_RECOVER, new byte[] {1})))
                .containsExactly(rsa[1]);
        assertThat(program.find(session, template().with(Attribute.LABEL, new byte[] {(byte) 0xff})))
                .isEmpty();
    }

    @Test
    void tellsTheLibraryWhatAKeyIs() {
        long session = program.loggedIn(ALICE);
        long[] pair = program.generatePair(
                session, MechanismType.EC_KEY_PAIR_GEN.code(), template().with(Attribute.CURVE, p521()), template());
        MessageReader facts =
                program.call(Operation.KEY_FACTS, out -> out.u64(session).u64(pair[1]));
        assertThat(facts.u32()).isEqualTo(ObjectClass.PRIVATE_KEY.code());
        assertThat(facts.u32()).isEqualTo(KeyType.EC.code());
        assertThat(facts.u32()).isEqualTo(Curve.P521.bits());
        assertThat(facts.u32()).isEqualTo(4);
        facts.end();
        long data = program.create(session, template().of(ObjectClass.DATA).with(Cka.VALUE, DATA));
        program.refused(
                Ckr.KEY_HANDLE_INVALID,
                Operation.KEY_FACTS,
                out -> out.u64(session).u64(data));
        assertThat(program.call(Operation.OBJECT_SIZE, out -> out.u64(session).u64(data))
                        .u64())
                .isPositive();
    }

    private static byte[] p521() {
        return ByteBuffer.allocate(7)
                .put(new byte[] {6, 5, 0x2b, (byte) 0x81, 4, 0, 0x23})
                .array();
    }

    @Test
    void keepsUnwrapTemplates() {
        long session = program.loggedIn(ALICE);
        byte[] nested = ByteBuffer.allocate(13)
                .putInt(1)
                .putInt(Attribute.EXTRACTABLE.code())
                .putInt(1)
                .put((byte) 0)
                .array();
        long key = aes(session, template().with(Attribute.UNWRAP, true).with(Attribute.UNWRAP_TEMPLATE, nested));
        assertThat(program.attribute(session, key, Attribute.UNWRAP_TEMPLATE.code()))
                .isEqualTo(nested);
        byte[] malformed = {0, 0, 0, 9};
        refusedKey(
                Ckr.ATTRIBUTE_VALUE_INVALID,
                session,
                template().with(Attribute.VALUE_LENGTH, 16).with(Attribute.UNWRAP_TEMPLATE, malformed));
    }
}
