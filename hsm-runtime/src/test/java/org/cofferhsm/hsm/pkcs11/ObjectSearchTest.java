package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.7: objects that are stored, found and described. */
class ObjectSearchTest extends ProgramTests {

    @Test
    void storesCertificatesAndDescribesThem() throws Exception {
        byte[] certificate;
        try (InputStream file = ObjectSearchTest.class.getResourceAsStream("certificate.der")) {
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
}
