package org.cofferhsm.hsm.key;

/** A parameter set of ML-DSA (FIPS 204) or ML-KEM (FIPS 203). */
public enum PqcParameterSet {
    ML_DSA_44(KeyType.ML_DSA, "ML-DSA-44", 1),
    ML_DSA_65(KeyType.ML_DSA, "ML-DSA-65", 2),
    ML_DSA_87(KeyType.ML_DSA, "ML-DSA-87", 3),
    ML_KEM_512(KeyType.ML_KEM, "ML-KEM-512", 1),
    ML_KEM_768(KeyType.ML_KEM, "ML-KEM-768", 2),
    ML_KEM_1024(KeyType.ML_KEM, "ML-KEM-1024", 3);

    private final KeyType keyType;
    private final String standardName;
    private final int code;

    PqcParameterSet(KeyType keyType, String standardName, int code) {
        this.keyType = keyType;
        this.standardName = standardName;
        this.code = code;
    }

    public KeyType keyType() {
        return keyType;
    }

    /** The name in the standard and in the JCA. */
    public String standardName() {
        return standardName;
    }

    /** The CKP_* number (PKCS#11 v3.2 §6). */
    public int code() {
        return code;
    }

    @Override
    public String toString() {
        return standardName;
    }
}
