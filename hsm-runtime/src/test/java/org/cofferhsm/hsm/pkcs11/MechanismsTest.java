package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** Mechanisms with their parameters, as programs send them. */
class MechanismsTest extends ProgramTests {

    private static final byte[] P256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    private static final byte[] NONE = {};
    private static final long SHA1 = 0x220;
    private static final long SHA256 = 0x250;
    private static final long SHA384 = 0x260;

    @Test
    void encryptsByOaepWithEveryHashAndALabel() {
        long session = program.loggedIn(ALICE);
        long[] pair = rsa(session);
        long[][] hashes = {{SHA1, 1}, {0x255, 5}, {SHA256, 2}, {SHA384, 3}, {0x270, 4}};
        for (long[] hash : hashes) {
            byte[] ciphertext = encrypted(session, pair[0], out -> oaep(out, hash[0], hash[1]));
            assertThat(decrypted(session, pair[1], ciphertext, out -> oaep(out, hash[0], hash[1])))
                    .isEqualTo(DATA);
        }
        refusedEncryption(Ckr.MECHANISM_PARAM_INVALID, session, pair[0], out -> oaep(out, 0x210, 1));
        refusedEncryption(Ckr.MECHANISM_PARAM_INVALID, session, pair[0], out -> oaep(out, SHA256, 9));
        refusedEncryption(
                Ckr.MECHANISM_PARAM_INVALID,
                session,
                pair[0],
                out -> out.u64(MechanismType.RSA_PKCS_OAEP.code()).u8(0));
    }

    private static MessageWriter oaep(MessageWriter out, long hash, long mgf) {
        return out.u64(MechanismType.RSA_PKCS_OAEP.code())
                .u8(3)
                .u64(hash)
                .u64(mgf)
                .bytes(new byte[] {1, 2});
    }

    private long[] rsa(long session) {
        return program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().with(Attribute.MODULUS_BITS, 2048),
                template());
    }

    private byte[] encrypted(long session, long key, UnaryOperator<MessageWriter> mechanism) {
        MessageReader reply = program.call(
                Operation.ENCRYPT,
                out -> mechanism.apply(out.u64(session)).u64(key).bytes(DATA));
        assertThat(reply.bytes()).isEmpty();
        return reply.bytes();
    }

    private byte[] decrypted(long session, long key, byte[] ciphertext, UnaryOperator<MessageWriter> mechanism) {
        return program.call(
                        Operation.DECRYPT,
                        out -> mechanism.apply(out.u64(session)).u64(key).bytes(ciphertext))
                .bytes();
    }

    private void refusedEncryption(Ckr value, long session, long key, UnaryOperator<MessageWriter> mechanism) {
        program.refused(
                value,
                Operation.ENCRYPT,
                out -> mechanism.apply(out.u64(session)).u64(key).bytes(DATA));
    }

    @Test
    void signsADigestByPss() {
        long session = program.loggedIn(ALICE);
        long[] pair = rsa(session);
        byte[] digest = new byte[32];
        byte[] signature = program.call(
                        Operation.SIGN,
                        out -> pss(out.u64(session), MechanismType.RSA_PKCS_PSS)
                                .u64(pair[1])
                                .bytes(digest))
                .bytes();
        program.call(
                Operation.VERIFY,
                out -> pss(out.u64(session), MechanismType.RSA_PKCS_PSS)
                        .u64(pair[0])
                        .bytes(digest)
                        .bytes(signature));
        program.refused(
                Ckr.DATA_LEN_RANGE,
                Operation.SIGN,
                out -> pss(out.u64(session), MechanismType.RSA_PKCS_PSS)
                        .u64(pair[1])
                        .bytes(new byte[31]));
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.SIGN,
                out -> plain(out, session, MechanismType.SHA256_RSA_PKCS_PSS, pair[1])
                        .bytes(DATA));
    }

    private static MessageWriter pss(MessageWriter out, MechanismType type) {
        return out.u64(type.code()).u8(4).u64(SHA256).u64(2).u32(32);
    }

    @Test
    void signsByEveryCurveAndLattice() {
        long session = program.loggedIn(ALICE);
        long[] edwards = program.generatePair(
                session,
                MechanismType.EC_EDWARDS_KEY_PAIR_GEN.code(),
                template().with(Attribute.CURVE, new byte[] {6, 3, 0x2b, 0x65, 0x70}),
                template());
        assertThat(signed(
                        session,
                        edwards,
                        out -> out.u64(MechanismType.EDDSA.code()).u8(0)))
                .hasSize(64);
        assertThat(signed(session, edwards, out -> context(out, MechanismType.EDDSA, NONE)))
                .hasSize(64);
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.SIGN,
                out -> context(out.u64(session), MechanismType.EDDSA, DATA)
                        .u64(edwards[1])
                        .bytes(DATA));
        long[] lattice = program.generatePair(
                session,
                MechanismType.ML_DSA_KEY_PAIR_GEN.code(),
                template().with(Attribute.PARAMETER_SET, 1),
                template());
        assertThat(signed(session, lattice, out -> context(out, MechanismType.ML_DSA, DATA)))
                .hasSize(2420);
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.SIGN,
                out -> context(out.u64(session), MechanismType.ML_DSA, new byte[256])
                        .u64(lattice[1])
                        .bytes(DATA));
    }

    private byte[] signed(long session, long[] pair, UnaryOperator<MessageWriter> mechanism) {
        byte[] signature = program.call(
                        Operation.SIGN,
                        out -> mechanism.apply(out.u64(session)).u64(pair[1]).bytes(DATA))
                .bytes();
        program.call(
                Operation.VERIFY,
                out -> mechanism
                        .apply(out.u64(session))
                        .u64(pair[0])
                        .bytes(DATA)
                        .bytes(signature));
        return signature;
    }

    private static MessageWriter context(MessageWriter out, MechanismType type, byte[] context) {
        return out.u64(type.code()).u8(9).u32(0).bytes(context);
    }

    @Test
    void enciphersByBlocks() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        byte[] padded = encrypted(session, key, out -> raw(out, MechanismType.AES_CBC_PAD.code(), new byte[16]));
        assertThat(padded).hasSize(32);
        assertThat(decrypted(session, key, padded, out -> raw(out, MechanismType.AES_CBC_PAD.code(), new byte[16])))
                .isEqualTo(DATA);
        refusedEncryption(
                Ckr.DATA_LEN_RANGE, session, key, out -> raw(out, MechanismType.AES_CBC.code(), new byte[16]));
        refusedEncryption(
                Ckr.MECHANISM_PARAM_INVALID, session, key, out -> raw(out, MechanismType.AES_CBC.code(), new byte[15]));
        refusedEncryption(
                Ckr.MECHANISM_PARAM_INVALID,
                session,
                key,
                out -> out.u64(MechanismType.AES_CBC.code()).u8(0));
        refusedEncryption(
                Ckr.MECHANISM_INVALID, session, key, out -> out.u64(0x132).u8(0));
        refusedEncryption(
                Ckr.MECHANISM_INVALID,
                session,
                key,
                out -> out.u64(MechanismType.SHA256.code()).u8(0));
        program.refused(
                Ckr.ENCRYPTED_DATA_LEN_RANGE,
                Operation.DECRYPT,
                out -> raw(out.u64(session), MechanismType.AES_CBC.code(), new byte[16])
                        .u64(key)
                        .bytes(DATA));
    }

    private static MessageWriter raw(MessageWriter out, long mechanism, byte[] parameter) {
        return out.u64(mechanism).u8(1).bytes(parameter);
    }

    @Test
    void putsTheIvInFrontWithCloudHsmsOwnGcm() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        UnaryOperator<MessageWriter> mechanism = out ->
                out.u64(0x80001087L).u8(2).bytes(new byte[12]).bytes(NONE).u32(128);
        byte[] ciphertext = encrypted(session, key, mechanism);
        assertThat(ciphertext).hasSize(12 + DATA.length + 16);
        assertThat(decrypted(session, key, ciphertext, mechanism)).isEqualTo(DATA);
    }

    @Test
    void wrapsKeysUnderTheNumbersThatProgramsUse() {
        long session = program.loggedIn(ALICE);
        long wrapping = aes(session, template().with(Attribute.WRAP, true).with(Attribute.UNWRAP, true));
        long payload = aes(session, template().with(Attribute.EXTRACTABLE, true));
        byte[] kwp = {(byte) 0xa6, 0x59, 0x59, (byte) 0xa6};
        List<UnaryOperator<MessageWriter>> ways = List.of(
                out -> out.u64(0x210b).u8(0),
                out -> out.u64(0x210a).u8(0),
                out -> raw(out, 0x210b, kwp),
                out -> out.u64(0x8000216fL).u8(0));
        byte[] first = wrapped(session, wrapping, payload, ways.get(0));
        for (UnaryOperator<MessageWriter> way : ways) {
            assertThat(wrapped(session, wrapping, payload, way)).isEqualTo(first);
        }
        assertThat(wrapped(
                        session,
                        wrapping,
                        payload,
                        out -> out.u64(MechanismType.AES_GCM.code())
                                .u8(2)
                                .bytes(new byte[12])
                                .bytes(NONE)
                                .u32(128)))
                .hasSize(12 + 32 + 16);
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.WRAP_KEY,
                out -> raw(out.u64(session), 0x2109, kwp).u64(wrapping).u64(payload));
    }

    private byte[] wrapped(long session, long wrapping, long payload, UnaryOperator<MessageWriter> mechanism) {
        return program.call(
                        Operation.WRAP_KEY,
                        out -> mechanism.apply(out.u64(session)).u64(wrapping).u64(payload))
                .bytes();
    }

    @Test
    void agreesOnTheSameSecretFromBothSides() {
        long session = program.loggedIn(ALICE);
        long[] one = agreement(session);
        long[] other = agreement(session);
        byte[] wrapped = program.attribute(session, other[0], Attribute.EC_POINT.code());
        byte[] bare = ByteBuffer.allocate(65)
                .put(program.attribute(session, one[0], Attribute.EC_POINT.code()), 2, 65)
                .array();
        for (long kdf : new long[] {1, 2, 5, 6, 7, 8}) {
            assertThat(agreed(session, one[1], kdf, wrapped)).isEqualTo(agreed(session, other[1], kdf, bare));
        }
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.DERIVE_KEY,
                out -> template().write(ecdh(out.u64(session), 4, wrapped).u64(one[1])));
    }

    private long[] agreement(long session) {
        return program.generatePair(
                session,
                MechanismType.EC_KEY_PAIR_GEN.code(),
                template().with(Attribute.CURVE, P256),
                template().with(Attribute.DERIVE, true));
    }

    private byte[] agreed(long session, long key, long kdf, byte[] peer) {
        long secret = program.call(
                        Operation.DERIVE_KEY,
                        out -> template()
                                .of(ObjectClass.SECRET_KEY)
                                .with(Attribute.VALUE_LENGTH, 32)
                                .with(Attribute.SENSITIVE, false)
                                .with(Attribute.EXTRACTABLE, true)
                                .write(ecdh(out.u64(session), kdf, peer).u64(key)))
                .u64();
        return program.attribute(session, secret, Cka.VALUE);
    }

    private static MessageWriter ecdh(MessageWriter out, long kdf, byte[] peer) {
        return out.u64(MechanismType.ECDH1_DERIVE.code())
                .u8(5)
                .u64(kdf)
                .bytes(NONE)
                .bytes(peer);
    }

    @Test
    void derivesByHkdfAndByTheCounterKdf() {
        long session = program.loggedIn(ALICE);
        long base = program.generate(
                session,
                MechanismType.GENERIC_SECRET_KEY_GEN.code(),
                template().with(Attribute.VALUE_LENGTH, 32).with(Attribute.DERIVE, true));
        derive(session, base, out -> hkdf(out, 2, DATA));
        derive(session, base, out -> hkdf(out, 1, NONE));
        refusedDerivation(session, base, out -> hkdf(out, 4, NONE));
        derive(session, base, out -> counter(out, 1, dkmLength(1)));
        refusedDerivation(session, base, out -> counter(out, 4, dkmLength(1)));
        refusedDerivation(session, base, out -> counter(out, 1, dkmLength(2)));
        refusedDerivation(session, base, out -> counter(out, 1, new byte[3]));
    }

    private void derive(long session, long base, UnaryOperator<MessageWriter> mechanism) {
        program.call(
                Operation.DERIVE_KEY,
                out -> template()
                        .of(KeyType.AES)
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(mechanism.apply(out.u64(session)).u64(base)));
    }

    private void refusedDerivation(long session, long base, UnaryOperator<MessageWriter> mechanism) {
        program.refused(
                Ckr.MECHANISM_PARAM_INVALID,
                Operation.DERIVE_KEY,
                out -> template()
                        .of(KeyType.AES)
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(mechanism.apply(out.u64(session)).u64(base)));
    }

    private static MessageWriter hkdf(MessageWriter out, long saltType, byte[] salt) {
        return out.u64(MechanismType.HKDF_DERIVE.code())
                .u8(7)
                .u8(1)
                .u8(1)
                .u64(SHA256)
                .u64(saltType)
                .bytes(salt)
                .u64(0)
                .bytes(DATA);
    }

    private static MessageWriter counter(MessageWriter out, long first, byte[] length) {
        byte[] format = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putLong(8, 32)
                .array();
        return out.u64(MechanismType.SP800_108_COUNTER_KDF.code())
                .u8(8)
                .u64(MechanismType.SHA256_HMAC.code())
                .u32(3)
                .u64(first)
                .bytes(format)
                .u64(4)
                .bytes(DATA)
                .u64(3)
                .bytes(length);
    }

    private static byte[] dkmLength(long method) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putLong(0, method)
                .putLong(16, 32)
                .array();
    }
}
