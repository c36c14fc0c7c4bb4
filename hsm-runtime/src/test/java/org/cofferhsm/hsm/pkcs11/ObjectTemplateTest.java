package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.number;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.nio.ByteBuffer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.7 and §4: what a template may say, and what a new key has where it says nothing. */
class ObjectTemplateTest extends ProgramTests {

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
