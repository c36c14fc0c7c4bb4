package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.pkcs11.wire.Mechanism;
import org.cofferhsm.hsm.pkcs11.wire.Parameter;

/**
 * CK_MECHANISM as the module's {@link Algorithm}. What does not fit the mechanism at all is refused here by
 * MECHANISM_PARAM_INVALID; sizes and ranges are the mechanism's own to check.
 */
public final class Algorithms {

    /** Mechanisms for which the module has a usual parameter, and Cryptoki has none. */
    private static final Set<MechanismType> ALWAYS_WITH_PARAMETER = EnumSet.of(
            MechanismType.RSA_PKCS_PSS,
            MechanismType.SHA1_RSA_PKCS_PSS,
            MechanismType.SHA224_RSA_PKCS_PSS,
            MechanismType.SHA256_RSA_PKCS_PSS,
            MechanismType.SHA384_RSA_PKCS_PSS,
            MechanismType.SHA512_RSA_PKCS_PSS);

    private static final int MODULE_IV_BYTES = 12;
    private static final int BLOCK_BYTES = 16;
    private static final byte[] NOTHING = {};
    private static final byte[] KW_IV = {
        (byte) 0xa6, (byte) 0xa6, (byte) 0xa6, (byte) 0xa6, (byte) 0xa6, (byte) 0xa6, (byte) 0xa6, (byte) 0xa6
    };
    private static final byte[] KWP_IV = {(byte) 0xa6, 0x59, 0x59, (byte) 0xa6};

    private Algorithms() {}

    /**
     * For a use that makes something new: encryption, wrapping, and all that takes no IV. A GCM IV of 12 zero bytes asks
     * for one that the module makes.
     */
    public static Algorithm of(Mechanism mechanism) {
        MechanismType type = MechanismNumbers.type(mechanism);
        return type == MechanismType.AES_GCM
                ? new Algorithm(type, gcm(mechanism, true))
                : new Algorithm(type, parameters(type, mechanism.parameter()));
    }

    /** For decryption: a GCM IV is what the caller says, even one of zeros. */
    public static Algorithm forDecryption(Mechanism mechanism) {
        return mechanism.type() == MechanismType.AES_GCM.code()
                ? new Algorithm(MechanismType.AES_GCM, gcm(mechanism, false))
                : of(mechanism);
    }

    /** For derivation, where the counter KDF's input may hold the length of what is derived. */
    public static Algorithm forDerivation(Mechanism mechanism, long derivedBytes) {
        return mechanism.parameter() instanceof Parameter.CounterKdf parameter
                        && MechanismNumbers.type(mechanism) == MechanismType.SP800_108_COUNTER_KDF
                ? new Algorithm(MechanismType.SP800_108_COUNTER_KDF, CounterInput.of(parameter, derivedBytes))
                : of(mechanism);
    }

    /** Whether the module makes an IV that belongs into the program's CK_GCM_PARAMS, not before the ciphertext. */
    public static boolean returnsIv(Mechanism mechanism, Algorithm algorithm) {
        return mechanism.type() == MechanismType.AES_GCM.code()
                && algorithm.parameters() instanceof Parameters.Gcm gcm
                && gcm.iv().isEmpty();
    }

    private static Parameters gcm(Mechanism mechanism, boolean zerosAskForOne) {
        if (!(mechanism.parameter() instanceof Parameter.Gcm gcm)) {
            throw unfit(MechanismType.AES_GCM);
        }
        boolean moduleMakes = mechanism.type() == MechanismNumbers.CLOUDHSM_AES_GCM
                || zerosAskForOne && gcm.iv().length == MODULE_IV_BYTES && isZero(gcm.iv());
        return new Parameters.Gcm(
                moduleMakes ? Optional.empty() : Optional.of(Octets.of(gcm.iv())), Octets.of(gcm.aad()), gcm.tagBits());
    }

    private static boolean isZero(byte[] iv) {
        for (byte octet : iv) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    private static Parameters parameters(MechanismType type, Parameter parameter) {
        if (parameter instanceof Parameter.None && !ALWAYS_WITH_PARAMETER.contains(type)) {
            return new Parameters.None();
        }
        if (parameter instanceof Parameter.Raw raw) {
            return raw(type, raw.bytes());
        }
        return switch (type) {
            case AES_CTR -> counter(as(Parameter.Ctr.class, type, parameter));
            case RSA_PKCS_OAEP -> oaep(as(Parameter.Oaep.class, type, parameter));
            case RSA_AES_KEY_WRAP -> rsaAes(as(Parameter.RsaAes.class, type, parameter));
            case RSA_PKCS_PSS,
                    SHA1_RSA_PKCS_PSS,
                    SHA224_RSA_PKCS_PSS,
                    SHA256_RSA_PKCS_PSS,
                    SHA384_RSA_PKCS_PSS,
                    SHA512_RSA_PKCS_PSS -> pss(as(Parameter.Pss.class, type, parameter));
            case EDDSA -> edwards(as(Parameter.Context.class, type, parameter));
            case ML_DSA -> lattice(as(Parameter.Context.class, type, parameter));
            case ECDH1_DERIVE -> ecdh(as(Parameter.Ecdh.class, type, parameter));
            case HKDF_DERIVE -> hkdf(as(Parameter.Hkdf.class, type, parameter));
            case SP800_108_COUNTER_KDF ->
                throw Ckr.MECHANISM_INVALID.because("SP800_108_COUNTER_KDF derives keys and does nothing else");
            default -> throw unfit(type);
        };
    }

    private static <P extends Parameter> P as(Class<P> kind, MechanismType type, Parameter parameter) {
        if (!kind.isInstance(parameter)) {
            throw unfit(type);
        }
        return kind.cast(parameter);
    }

    private static CryptokiException unfit(MechanismType type) {
        return Ckr.MECHANISM_PARAM_INVALID.because("the parameter is not one for " + type);
    }

    /** An IV; programs also give the constant that key wrap starts from, and empty parameters where there are none. */
    private static Parameters raw(MechanismType type, byte[] bytes) {
        return switch (type) {
            case AES_CBC, AES_CBC_PAD -> new Parameters.Iv(Octets.of(bytes));
            case AES_KEY_WRAP -> requireDefault(type, bytes, KW_IV);
            case AES_KEY_WRAP_KWP -> requireDefault(type, bytes, KWP_IV);
            default -> requireDefault(type, bytes, NOTHING);
        };
    }

    private static Parameters requireDefault(MechanismType type, byte[] bytes, byte[] constant) {
        if (bytes.length != 0 && !Arrays.equals(bytes, constant)) {
            throw unfit(type);
        }
        return new Parameters.None();
    }

    private static Parameters counter(Parameter.Ctr parameter) {
        if (parameter.counterBits() < 1
                || parameter.counterBits() > 8 * BLOCK_BYTES
                || parameter.block().length != BLOCK_BYTES) {
            throw unfit(MechanismType.AES_CTR);
        }
        return new Parameters.Iv(Octets.of(parameter.block()));
    }

    private static Parameters.Oaep oaep(Parameter.Oaep parameter) {
        return new Parameters.Oaep(
                Hashes.ofMechanism(parameter.hash()), Hashes.ofMask(parameter.mgf()), Octets.of(parameter.label()));
    }

    private static Parameters rsaAes(Parameter.RsaAes parameter) {
        return new Parameters.RsaAes(parameter.aesBits(), oaep(parameter.oaep()));
    }

    private static Parameters pss(Parameter.Pss parameter) {
        return new Parameters.Pss(
                Hashes.ofMechanism(parameter.hash()), Hashes.ofMask(parameter.mgf()), parameter.saltBytes());
    }

    /** Pure Ed25519 has no context (RFC 8032 §5.1). */
    private static Parameters edwards(Parameter.Context parameter) {
        if (parameter.variant() != 0 || parameter.context().length != 0) {
            throw Ckr.MECHANISM_PARAM_INVALID.because(
                    "the module has pure Ed25519, without pre-hashing and without a context string");
        }
        return new Parameters.None();
    }

    /** CKH_DETERMINISTIC_REQUIRED is 2 (PKCS#11 v3.2 §6.67.6). */
    private static Parameters lattice(Parameter.Context parameter) {
        if (parameter.variant() < 0 || parameter.variant() > 1) {
            throw Ckr.MECHANISM_PARAM_INVALID.because("the module's ML-DSA signatures are hedged, never deterministic");
        }
        return new Parameters.MlDsaContext(Octets.of(parameter.context()));
    }

    private static Parameters ecdh(Parameter.Ecdh parameter) {
        boolean plain = parameter.kdf() == 1;
        if (plain && parameter.sharedData().length != 0) {
            throw Ckr.MECHANISM_PARAM_INVALID.because("CKD_NULL takes no shared data");
        }
        return new Parameters.Ecdh(
                Octets.of(EcPoints.read(parameter.publicData())),
                plain ? Optional.empty() : Optional.of(Hashes.ofKdf(parameter.kdf())),
                Octets.of(parameter.sharedData()));
    }

    private static Parameters hkdf(Parameter.Hkdf parameter) {
        if (!parameter.extract() || !parameter.expand()) {
            throw Ckr.MECHANISM_PARAM_INVALID.because("the module's HKDF always extracts and expands");
        }
        return new Parameters.Hkdf(
                Hashes.ofMechanism(parameter.hash()), salt(parameter.salt()), Octets.of(parameter.info()));
    }

    private static Octets salt(Parameter.Salt salt) {
        if (salt.type() == 1) {
            return Octets.EMPTY;
        }
        if (salt.type() != 2) {
            throw Ckr.MECHANISM_PARAM_INVALID.because("the salt of an HKDF is data or nothing, not another key");
        }
        return Octets.of(salt.data());
    }
}
