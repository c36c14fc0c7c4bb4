package org.cofferhsm.hsm.key;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mechanism by its PKCS#11 name and number, without the {@code CKM_} prefix (PKCS#11 v3.1; ML-* and AES_KEY_WRAP_KWP
 * v3.0 and v3.2).
 */
public enum MechanismType {
    RSA_PKCS_KEY_PAIR_GEN(0x0000),
    RSA_PKCS(0x0001),
    RSA_X_509(0x0003),
    SHA1_RSA_PKCS(0x0006),
    RSA_PKCS_OAEP(0x0009),
    RSA_PKCS_PSS(0x000d),
    SHA1_RSA_PKCS_PSS(0x000e),
    ML_KEM_KEY_PAIR_GEN(0x000f),
    ML_KEM(0x0017),
    ML_DSA_KEY_PAIR_GEN(0x001c),
    ML_DSA(0x001d),
    SHA256_RSA_PKCS(0x0040),
    SHA384_RSA_PKCS(0x0041),
    SHA512_RSA_PKCS(0x0042),
    SHA256_RSA_PKCS_PSS(0x0043),
    SHA384_RSA_PKCS_PSS(0x0044),
    SHA512_RSA_PKCS_PSS(0x0045),
    SHA224_RSA_PKCS(0x0046),
    SHA224_RSA_PKCS_PSS(0x0047),
    SHA_1(0x0220),
    SHA_1_HMAC(0x0221),
    SHA256(0x0250),
    SHA256_HMAC(0x0251),
    SHA224(0x0255),
    SHA224_HMAC(0x0256),
    SHA384(0x0260),
    SHA384_HMAC(0x0261),
    SHA512(0x0270),
    SHA512_HMAC(0x0271),
    GENERIC_SECRET_KEY_GEN(0x0350),
    SP800_108_COUNTER_KDF(0x03ac),
    EC_KEY_PAIR_GEN(0x1040),
    ECDSA(0x1041),
    ECDSA_SHA1(0x1042),
    ECDSA_SHA224(0x1043),
    ECDSA_SHA256(0x1044),
    ECDSA_SHA384(0x1045),
    ECDSA_SHA512(0x1046),
    ECDH1_DERIVE(0x1050),
    RSA_AES_KEY_WRAP(0x1054),
    EC_EDWARDS_KEY_PAIR_GEN(0x1055),
    EC_MONTGOMERY_KEY_PAIR_GEN(0x1056),
    EDDSA(0x1057),
    AES_KEY_GEN(0x1080),
    AES_ECB(0x1081),
    AES_CBC(0x1082),
    AES_CBC_PAD(0x1085),
    AES_CTR(0x1086),
    AES_GCM(0x1087),
    AES_CMAC(0x108a),
    AES_KEY_WRAP(0x2109),
    AES_KEY_WRAP_KWP(0x210b),
    HKDF_DERIVE(0x402a);

    private static final Map<Long, MechanismType> BY_CODE = byCode();

    private final long code;

    MechanismType(long code) {
        this.code = code;
    }

    private static Map<Long, MechanismType> byCode() {
        Map<Long, MechanismType> byCode = new HashMap<>();
        for (MechanismType type : values()) {
            byCode.put(type.code, type);
        }
        return Map.copyOf(byCode);
    }

    /** The CKM_* number. */
    public long code() {
        return code;
    }

    /** The mechanism of that CKM_* number, when the module has it. */
    public static Optional<MechanismType> ofCode(long code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
