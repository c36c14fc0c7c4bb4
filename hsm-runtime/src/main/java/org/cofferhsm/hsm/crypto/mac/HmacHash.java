package org.cofferhsm.hsm.crypto.mac;

import java.util.Arrays;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;

/** The hash functions that HMAC is offered with. */
enum HmacHash {
    SHA1(
            MechanismType.SHA_1_HMAC,
            "HmacSHA1",
            Set.of(KeyType.GENERIC_SECRET, KeyType.SHA1_HMAC),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    SHA224(
            MechanismType.SHA224_HMAC,
            "HmacSHA224",
            Set.of(KeyType.GENERIC_SECRET),
            "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"),
    SHA256(
            MechanismType.SHA256_HMAC,
            "HmacSHA256",
            Set.of(KeyType.GENERIC_SECRET, KeyType.SHA256_HMAC),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    SHA384(
            MechanismType.SHA384_HMAC,
            "HmacSHA384",
            Set.of(KeyType.GENERIC_SECRET, KeyType.SHA384_HMAC),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e" + "8e2240ca5e69e2c78b3239ecfab21649"),
    SHA512(
            MechanismType.SHA512_HMAC,
            "HmacSHA512",
            Set.of(KeyType.GENERIC_SECRET, KeyType.SHA512_HMAC),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                    + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");

    private final MechanismType mechanism;
    private final String jcaName;
    private final Set<KeyType> keyTypes;
    private final String knownAnswer;

    HmacHash(MechanismType mechanism, String jcaName, Set<KeyType> keyTypes, String knownAnswer) {
        this.mechanism = mechanism;
        this.jcaName = jcaName;
        this.keyTypes = keyTypes;
        this.knownAnswer = knownAnswer;
    }

    static HmacHash of(MechanismType mechanism) {
        return Arrays.stream(values())
                .filter(hash -> hash.mechanism == mechanism)
                .findFirst()
                .orElseThrow(() -> HsmException.mechanismInvalid(mechanism + " is not an HMAC"));
    }

    MechanismType mechanism() {
        return mechanism;
    }

    String jcaName() {
        return jcaName;
    }

    Set<KeyType> keyTypes() {
        return keyTypes;
    }

    /** The MAC of RFC 2202's and RFC 4231's case 2. */
    String knownAnswer() {
        return knownAnswer;
    }
}
