package org.cofferhsm.hsm.crypto;

/** What a mechanism can be used for (PKCS#11's CKF_* flags of a mechanism). */
public enum Operation {
    GENERATE,
    GENERATE_PAIR,
    ENCRYPT,
    DECRYPT,
    SIGN,
    VERIFY,
    WRAP,
    UNWRAP,
    DERIVE,
    ENCAPSULATE,
    DECAPSULATE,
    DIGEST
}
