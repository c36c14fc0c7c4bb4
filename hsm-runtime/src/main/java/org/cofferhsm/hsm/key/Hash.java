package org.cofferhsm.hsm.key;

/** A hash function of FIPS 180-4. */
public enum Hash {
    SHA1("SHA-1", 20),
    SHA224("SHA-224", 28),
    SHA256("SHA-256", 32),
    SHA384("SHA-384", 48),
    SHA512("SHA-512", 64);

    private final String standardName;
    private final int bytes;

    Hash(String standardName, int bytes) {
        this.standardName = standardName;
        this.bytes = bytes;
    }

    /** The name in the standard and in the JCA. */
    public String standardName() {
        return standardName;
    }

    /** The length of a digest in bytes. */
    public int bytes() {
        return bytes;
    }
}
