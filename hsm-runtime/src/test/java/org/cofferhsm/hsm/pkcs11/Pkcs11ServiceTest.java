package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs11ServiceTest {

    private static final String ALICE = "alice:alice-pin-1";
    private static final byte[] DATA = "data to be protected".getBytes(StandardCharsets.US_ASCII);

    private static ModuleFixture module;
    private Program program;

    @BeforeAll
    static void makeModule(@TempDir Path home) {
        module = ModuleFixture.in(home);
    }

    @AfterAll
    static void closeModule() {
        module.close();
    }

    @BeforeEach
    void start() {
        program = Program.of(module.hsm());
    }

    @AfterEach
    void end() {
        program.close();
    }

    @Test
    void signsWithAnRsaPairMadeWithoutAnyUsage() {
        long session = program.loggedIn(ALICE);
        long[] pair = program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().with(Attribute.MODULUS_BITS, 2048),
                template());
        long mechanism = MechanismType.SHA256_RSA_PKCS.code();
        byte[] signature = program.call(
                        Operation.SIGN,
                        out -> out.u64(session)
                                .u64(mechanism)
                                .u8(0)
                                .u64(pair[1])
                                .bytes(DATA))
                .bytes();
        program.call(
                Operation.VERIFY,
                out -> verify(out, session, mechanism, pair[0]).bytes(DATA).bytes(signature));
        signature[7] ^= 1;
        program.refused(
                Ckr.SIGNATURE_INVALID,
                Operation.VERIFY,
                out -> verify(out, session, mechanism, pair[0]).bytes(DATA).bytes(signature));
        program.refused(
                Ckr.SIGNATURE_LEN_RANGE,
                Operation.VERIFY,
                out -> verify(out, session, mechanism, pair[0]).bytes(DATA).bytes(new byte[255]));
    }

    private static MessageWriter verify(MessageWriter out, long session, long mechanism, long key) {
        return out.u64(session).u64(mechanism).u8(0).u64(key);
    }

    @Test
    void makesTheIvOfGcmWhenItIsZeros() {
        long session = program.loggedIn(ALICE);
        long key = aes(session);
        MessageReader sealed = program.call(
                Operation.ENCRYPT,
                out -> gcm(out, session, new byte[12]).u64(key).bytes(DATA));
        byte[] iv = sealed.bytes();
        byte[] ciphertext = sealed.bytes();
        assertThat(iv).hasSize(12).isNotEqualTo(new byte[12]);
        assertThat(ciphertext).hasSize(DATA.length + 16);
        assertThat(program.call(
                                Operation.DECRYPT,
                                out -> gcm(out, session, iv).u64(key).bytes(ciphertext))
                        .bytes())
                .isEqualTo(DATA);
        ciphertext[0] ^= 1;
        program.refused(
                Ckr.ENCRYPTED_DATA_INVALID,
                Operation.DECRYPT,
                out -> gcm(out, session, iv).u64(key).bytes(ciphertext));
    }

    private static MessageWriter gcm(MessageWriter out, long session, byte[] iv) {
        return out.u64(session)
                .u64(MechanismType.AES_GCM.code())
                .u8(2)
                .bytes(iv)
                .bytes(new byte[] {7})
                .u32(128);
    }

    private long aes(long session) {
        return program.generate(
                session, MechanismType.AES_KEY_GEN.code(), template().with(Attribute.VALUE_LENGTH, 32));
    }

    @Test
    void findsByLabelAndById() {
        long session = program.loggedIn(ALICE);
        byte[] id = {1, 2, 3};
        long key = program.generate(
                session,
                MechanismType.AES_KEY_GEN.code(),
                template().token("findable").with(Attribute.ID, id).with(Attribute.VALUE_LENGTH, 16));
        assertThat(program.find(session, template().of(ObjectClass.SECRET_KEY).with(Attribute.LABEL, "findable")))
                .containsExactly(key);
        assertThat(program.find(session, template().with(Attribute.ID, id))).containsExactly(key);
        assertThat(program.find(session, template())).contains(key);
        assertThat(program.find(session, template().with(Attribute.LABEL, "elsewhere")))
                .isEmpty();
    }

    @Test
    void digestsAndDrawsRandomBytesBeforeTheLogin() {
        long session = program.open(Program.READ_ONLY);
        byte[] digest = program.call(
                        Operation.DIGEST,
                        out -> out.u64(session)
                                .u64(MechanismType.SHA256.code())
                                .u8(0)
                                .bytes(DATA))
                .bytes();
        assertThat(digest).hasSize(32);
        byte[] random =
                program.call(Operation.RANDOM, out -> out.u64(session).u32(32)).bytes();
        assertThat(random).hasSize(32);
        assertThat(Arrays.equals(random, new byte[32])).isFalse();
        assertThat(program.find(session, template())).isEmpty();
        program.refused(
                Ckr.USER_NOT_LOGGED_IN,
                Operation.GENERATE_KEY,
                out -> template()
                        .write(out.u64(session)
                                .u64(MechanismType.AES_KEY_GEN.code())
                                .u8(0)));
    }

    @Test
    void answersSeveralConnectionsAtOnce() {
        long session = program.loggedIn(ALICE);
        long key = aes(session);
        long mechanism = MechanismType.AES_CMAC.code();
        long different = IntStream.range(0, 400)
                .parallel()
                .mapToObj(i -> program.call(
                                Operation.SIGN,
                                out -> out.u64(session)
                                        .u64(mechanism)
                                        .u8(0)
                                        .u64(key)
                                        .bytes(DATA))
                        .bytes())
                .map(HexFormat.of()::formatHex)
                .distinct()
                .count();
        assertThat(different).isEqualTo(1);
    }

    @Test
    void doesNotKnowOtherOperations() {
        MessageWriter reply = new MessageWriter(8);
        assertThat(program.answer(99, out -> {}, reply)).isEqualTo(0xffff0007);
        assertThat(program.answer(-1, out -> {}, reply)).isEqualTo(0xffff0007);
    }
}
