package org.cofferhsm.hsm.pkcs11.wire;

/**
 * The CKA_* numbers (PKCS#11 v3.1 annex) that the service treats apart from the module's own attributes, without the
 * prefix.
 */
public final class Cka {

    public static final int CLASS = 0x000;
    public static final int UNIQUE_ID = 0x004;
    public static final int VALUE = 0x011;
    public static final int URL = 0x089;
    public static final int HASH_OF_SUBJECT_PUBLIC_KEY = 0x08a;
    public static final int HASH_OF_ISSUER_PUBLIC_KEY = 0x08b;
    public static final int KEY_TYPE = 0x100;
    public static final int SIGN_RECOVER = 0x109;
    public static final int VERIFY_RECOVER = 0x10b;
    public static final int PRIVATE_EXPONENT = 0x123;
    public static final int PRIME_1 = 0x124;
    public static final int PRIME_2 = 0x125;
    public static final int EXPONENT_1 = 0x126;
    public static final int EXPONENT_2 = 0x127;
    public static final int COEFFICIENT = 0x128;
    public static final int PUBLIC_KEY_INFO = 0x129;
    public static final int PARAMETER_SET = 0x61d;
    public static final int ALWAYS_AUTHENTICATE = 0x202;
    public static final int SEED = 0x637;
    public static final int WRAP_TEMPLATE = 0x40000211;
    public static final int DERIVE_TEMPLATE = 0x40000213;

    private Cka() {}
}
