package org.cofferhsm.hsm.pkcs11.wire;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;

/** The parameter of a mechanism: one record per shape in {@code docs/channel.md}. */
public sealed interface Parameter {

    /** Shape 0. */
    record None() implements Parameter {

        static final None NONE = new None();
    }

    /** Shape 1: an IV, a key-wrap IV. */
    record Raw(byte[] bytes) implements Parameter {}

    /** Shape 2: CK_GCM_PARAMS (v3.1 §6.13.2). */
    record Gcm(byte[] iv, byte[] aad, int tagBits) implements Parameter {

        static Gcm read(MessageReader request) {
            return new Gcm(request.bytes(), request.bytes(), request.u32());
        }
    }

    /** Shape 3: CK_RSA_PKCS_OAEP_PARAMS (v3.1 §6.1.7). */
    record Oaep(long hash, long mgf, byte[] label) implements Parameter {

        static Oaep read(MessageReader request) {
            return new Oaep(request.u64(), request.u64(), request.bytes());
        }
    }

    /** Shape 4: CK_RSA_PKCS_PSS_PARAMS (v3.1 §6.1.9). */
    record Pss(long hash, long mgf, int saltBytes) implements Parameter {

        static Pss read(MessageReader request) {
            return new Pss(request.u64(), request.u64(), request.u32());
        }
    }

    /** Shape 5: CK_ECDH1_DERIVE_PARAMS (v3.1 §6.3.16). */
    record Ecdh(long kdf, byte[] sharedData, byte[] publicData) implements Parameter {

        static Ecdh read(MessageReader request) {
            return new Ecdh(request.u64(), request.bytes(), request.bytes());
        }
    }

    /** Shape 6: CK_RSA_AES_KEY_WRAP_PARAMS (v3.1 §6.1.21). */
    record RsaAes(int aesBits, Oaep oaep) implements Parameter {

        static RsaAes read(MessageReader request) {
            return new RsaAes(request.u32(), Oaep.read(request));
        }
    }

    /** Shape 7: CK_HKDF_PARAMS (v3.1 §6.62.2). */
    record Hkdf(boolean extract, boolean expand, long hash, Salt salt, byte[] info) implements Parameter {

        static Hkdf read(MessageReader request) {
            return new Hkdf(request.u8() != 0, request.u8() != 0, request.u64(), Salt.read(request), request.bytes());
        }
    }

    /**
     * The salt of {@link Hkdf}.
     *
     * @param type CKF_HKDF_SALT_NULL 1, CKF_HKDF_SALT_DATA 2 or CKF_HKDF_SALT_KEY 4
     */
    record Salt(long type, byte[] data, long key) {

        static Salt read(MessageReader request) {
            return new Salt(request.u64(), request.bytes(), request.u64());
        }
    }

    /** Shape 8: CK_SP800_108_KDF_PARAMS (v3.1 §6.42.2). */
    record CounterKdf(long prf, List<Piece> pieces) implements Parameter {

        private static final int SMALLEST_PIECE = Long.BYTES + Integer.BYTES;

        static CounterKdf read(MessageReader request) {
            long prf = request.u64();
            int count = request.count(SMALLEST_PIECE);
            List<Piece> pieces = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                pieces.add(new Piece(request.u64(), request.bytes()));
            }
            return new CounterKdf(prf, pieces);
        }
    }

    /** CK_PRF_DATA_PARAM: a part of the input to the pseudorandom function, its value as it lies in memory. */
    record Piece(long type, byte[] value) {}

    /** Shape 9: CK_EDDSA_PARAMS, CK_SIGN_ADDITIONAL_CONTEXT. */
    record Context(int variant, byte[] context) implements Parameter {

        static Context read(MessageReader request) {
            return new Context(request.u32(), request.bytes());
        }
    }

    /** Shape 10: CK_AES_CTR_PARAMS (v3.1 §6.12.2). */
    record Ctr(int counterBits, byte[] block) implements Parameter {

        static Ctr read(MessageReader request) {
            return new Ctr(request.u32(), request.bytes());
        }
    }

    /** Shape 11: CK_KEY_DERIVATION_STRING_DATA and what else derives by encrypting data. */
    record StringData(byte[] bytes) implements Parameter {}

    static Parameter read(MessageReader request) {
        int shape = request.u8();
        return switch (shape) {
            case 0 -> None.NONE;
            case 1 -> new Raw(request.bytes());
            case 2 -> Gcm.read(request);
            case 3 -> Oaep.read(request);
            case 4 -> Pss.read(request);
            case 5 -> Ecdh.read(request);
            case 6 -> RsaAes.read(request);
            case 7 -> Hkdf.read(request);
            case 8 -> CounterKdf.read(request);
            case 9 -> Context.read(request);
            case 10 -> Ctr.read(request);
            case 11 -> new StringData(request.bytes());
            default -> throw new MalformedMessageException("no mechanism parameter has the shape " + shape);
        };
    }
}
