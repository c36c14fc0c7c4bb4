package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.security.MessageDigest;
import java.util.Arrays;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** Operations in parts, and messages. */
class PartsTest extends ProgramTests {

    private static final int ENCRYPT = 1;
    private static final int DECRYPT = 2;
    private static final int SIGN = 3;
    private static final int VERIFY = 4;
    private static final int DIGEST = 5;
    private static final byte[] NONE = {};

    @Test
    void encryptsWithGcmUnderAnIvThatTheModuleMakes() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        MessageReader started = program.call(
                Operation.START,
                out -> gcm(out, session, ENCRYPT, new byte[12]).u64(key).bytes(DATA));
        byte[] iv = started.bytes();
        byte[] first = started.bytes();
        byte[] second = update(session, ENCRYPT, DATA);
        byte[] rest = finish(session, ENCRYPT, NONE);
        byte[] whole = concat(first, second, rest);
        assertThat(iv).hasSize(12).isNotEqualTo(new byte[12]);
        assertThat(whole).hasSize(2 * DATA.length + 16);
        assertThat(program.call(
                                Operation.START,
                                out -> gcm(out, session, DECRYPT, iv).u64(key).bytes(NONE))
                        .bytes())
                .isEmpty();
        assertThat(update(session, DECRYPT, whole)).isEmpty();
        assertThat(finish(session, DECRYPT, NONE)).isEqualTo(concat(DATA, DATA));
    }

    private static MessageWriter gcm(MessageWriter out, long session, int kind, byte[] iv) {
        return out.u64(session)
                .u8(kind)
                .u64(MechanismType.AES_GCM.code())
                .u8(2)
                .bytes(iv)
                .bytes(NONE)
                .u32(128);
    }

    @Test
    void signsAndVerifiesInParts() {
        long session = program.loggedIn(ALICE);
        long[] pair = program.generatePair(
                session,
                MechanismType.EC_KEY_PAIR_GEN.code(),
                template()
                        .with(Attribute.CURVE, new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7}),
                template());
        start(session, SIGN, MechanismType.ECDSA_SHA256, pair[1]);
        update(session, SIGN, DATA);
        byte[] signature = finish(session, SIGN, NONE);
        assertThat(signature).hasSize(64);
        start(session, VERIFY, MechanismType.ECDSA_SHA256, pair[0]);
        update(session, VERIFY, DATA);
        finish(session, VERIFY, signature);
        start(session, VERIFY, MechanismType.ECDSA_SHA256, pair[0]);
        program.refused(
                Ckr.SIGNATURE_INVALID,
                Operation.FINISH,
                out -> out.u64(session).u8(VERIFY).bytes(signature));
        start(session, VERIFY, MechanismType.ECDSA_SHA256, pair[0]);
        program.refused(
                Ckr.SIGNATURE_LEN_RANGE,
                Operation.FINISH,
                out -> out.u64(session).u8(VERIFY).bytes(new byte[63]));
    }

    private void start(long session, int kind, MechanismType type, long key) {
        program.call(
                Operation.START,
                out -> out.u64(session).u8(kind).u64(type.code()).u8(0).u64(key).bytes(NONE));
    }

    private byte[] update(long session, int kind, byte[] part) {
        return program.call(Operation.UPDATE, out -> out.u64(session).u8(kind).bytes(part))
                .bytes();
    }

    private byte[] finish(long session, int kind, byte[] signature) {
        return program.call(Operation.FINISH, out -> out.u64(session).u8(kind).bytes(signature))
                .bytes();
    }

    @Test
    void digestsWithoutALoginAndReadableKeysWithOne() throws Exception {
        long session = program.open(Program.READ_ONLY);
        start(session, DIGEST, MechanismType.SHA256, 0);
        update(session, DIGEST, DATA);
        assertThat(finish(session, DIGEST, NONE))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(DATA));

        program.login(session, 1, ALICE);
        long readable = aes(session, template().with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true));
        byte[] value = program.attribute(session, readable, 0x11);
        start(session, DIGEST, MechanismType.SHA256, 0);
        program.call(Operation.DIGEST_KEY, out -> out.u64(session).u64(readable));
        long hidden = aes(session, template());
        program.refused(
                Ckr.KEY_INDIGESTIBLE,
                Operation.DIGEST_KEY,
                out -> out.u64(session).u64(hidden));
        assertThat(finish(session, DIGEST, NONE))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(value));
    }

    /** What a closed session has gathered is free again; all together would be more than a program may have kept. */
    @Test
    void endsTheOperationsOfASessionThatIsClosed() {
        long first = program.loggedIn(ALICE);
        long key = aes(first, template());
        byte[] part = new byte[15 << 20];
        for (int i = 0; i < 20; i++) {
            long session = program.open(Program.READ_WRITE);
            program.call(
                    Operation.START,
                    out -> gcm(out, session, DECRYPT, new byte[12]).u64(key).bytes(part));
            program.close(session);
        }
    }

    @Test
    void hasOneOperationOfAKindAtATime() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        start(session, SIGN, MechanismType.AES_CMAC, key);
        program.refused(
                Ckr.OPERATION_ACTIVE,
                Operation.START,
                out -> out.u64(session)
                        .u8(SIGN)
                        .u64(MechanismType.AES_CMAC.code())
                        .u8(0)
                        .u64(key)
                        .bytes(NONE));
        start(session, DIGEST, MechanismType.SHA512, 0);
        program.call(Operation.CANCEL, out -> out.u64(session).u8(SIGN));
        program.refused(
                Ckr.OPERATION_NOT_INITIALIZED,
                Operation.UPDATE,
                out -> out.u64(session).u8(SIGN).bytes(DATA));
        update(session, DIGEST, DATA);
        program.call(Operation.CANCEL, out -> out.u64(session).u8(0));
        program.refused(
                Ckr.OPERATION_NOT_INITIALIZED,
                Operation.FINISH,
                out -> out.u64(session).u8(DIGEST).bytes(NONE));
    }

    @Test
    void endsWhatRunsWithKeysAtTheLogout() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        start(session, SIGN, MechanismType.AES_CMAC, key);
        start(session, DIGEST, MechanismType.SHA_1, 0);
        program.logout(session);
        program.refused(
                Ckr.OPERATION_NOT_INITIALIZED,
                Operation.UPDATE,
                out -> out.u64(session).u8(SIGN).bytes(DATA));
        assertThat(finish(session, DIGEST, NONE)).hasSize(20);
    }

    @Test
    void stopsWhereACounterOfFewBitsComesRound() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        byte[] block = new byte[16];
        block[15] = (byte) 0xfe;
        byte[] two = new byte[32];
        MessageReader enciphered = program.call(
                Operation.ENCRYPT, out -> ctr(out, session, 8, block).u64(key).bytes(two));
        assertThat(enciphered.bytes()).isEmpty();
        assertThat(enciphered.bytes()).hasSize(32);
        program.refused(
                Ckr.DATA_LEN_RANGE,
                Operation.ENCRYPT,
                out -> ctr(out, session, 8, block).u64(key).bytes(new byte[33]));
        program.call(
                Operation.ENCRYPT, out -> ctr(out, session, 128, block).u64(key).bytes(new byte[33]));
    }

    private static MessageWriter ctr(MessageWriter out, long session, int bits, byte[] block) {
        return out.u64(session)
                .u64(MechanismType.AES_CTR.code())
                .u8(10)
                .u32(bits)
                .bytes(block);
    }

    @Test
    void sealsMessagesUnderItsOwnIvsAndTheProgramsOwn() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        for (int generator = 0; generator <= 4; generator++) {
            int how = generator;
            byte[] given = new byte[12];
            given[0] = 1;
            MessageReader sealed = program.call(
                    Operation.ENCRYPT_MESSAGE, out -> message(out.u64(session).u64(key), given, how, 0));
            byte[] iv = sealed.bytes();
            byte[] ciphertext = sealed.bytes();
            byte[] tag = sealed.bytes();
            assertThat(Arrays.equals(iv, given)).isEqualTo(generator == 0);
            assertThat(tag).hasSize(12);
            assertThat(program.call(
                                    Operation.DECRYPT_MESSAGE,
                                    out -> out.u64(session)
                                            .u64(key)
                                            .bytes(iv)
                                            .bytes(new byte[] {9})
                                            .bytes(ciphertext)
                                            .bytes(tag))
                            .bytes())
                    .isEqualTo(DATA);
            tag[0] ^= 1;
            program.refused(
                    Ckr.AEAD_DECRYPT_FAILED,
                    Operation.DECRYPT_MESSAGE,
                    out -> out.u64(session)
                            .u64(key)
                            .bytes(iv)
                            .bytes(new byte[] {9})
                            .bytes(ciphertext)
                            .bytes(tag));
        }
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.ENCRYPT_MESSAGE,
                out -> message(out.u64(session).u64(key), new byte[12], 1, 32));
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.ENCRYPT_MESSAGE,
                out -> message(out.u64(session).u64(key), new byte[12], 5, 0));
    }

    private static void message(MessageWriter out, byte[] iv, int generator, int fixedBits) {
        out.bytes(iv)
                .u32(fixedBits)
                .u32(generator)
                .u32(96)
                .bytes(new byte[] {9})
                .bytes(DATA);
    }

    @Test
    void recoversWhatRsaSigned() {
        long session = program.loggedIn(ALICE);
        long[] pair = program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().with(Attribute.MODULUS_BITS, 2048),
                template().of(KeyType.RSA));
        byte[] signature = program.call(
                        Operation.SIGN_RECOVER,
                        out -> plain(out, session, MechanismType.RSA_PKCS, pair[1])
                                .bytes(DATA))
                .bytes();
        assertThat(program.call(
                                Operation.VERIFY_RECOVER,
                                out -> plain(out, session, MechanismType.RSA_PKCS, pair[0])
                                        .bytes(signature))
                        .bytes())
                .isEqualTo(DATA);
        signature[20] ^= 1;
        program.refused(
                Ckr.SIGNATURE_INVALID,
                Operation.VERIFY_RECOVER,
                out -> plain(out, session, MechanismType.RSA_PKCS, pair[0]).bytes(signature));
        program.refused(
                Ckr.SIGNATURE_LEN_RANGE,
                Operation.VERIFY_RECOVER,
                out -> plain(out, session, MechanismType.RSA_PKCS, pair[0]).bytes(DATA));
        program.refused(
                Ckr.MECHANISM_INVALID,
                Operation.SIGN_RECOVER,
                out -> plain(out, session, MechanismType.SHA256_RSA_PKCS, pair[1])
                        .bytes(DATA));
    }

    private static byte[] concat(byte[]... parts) {
        MessageWriter out = new MessageWriter(64);
        for (byte[] part : parts) {
            out.raw(part);
        }
        byte[] all = new byte[out.size()];
        out.written().get(all);
        return all;
    }
}
