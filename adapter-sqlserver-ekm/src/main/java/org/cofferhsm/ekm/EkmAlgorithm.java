package org.cofferhsm.ekm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;

/**
 * An algorithm that SQL Server may name in {@code WITH ALGORITHM = …}. Databases store the provider's numbers, so they
 * are fixed for ever.
 */
public enum EkmAlgorithm {
    RSA_2048(1, KeyType.RSA, 2048),
    RSA_3072(2, KeyType.RSA, 3072),
    RSA_4096(3, KeyType.RSA, 4096),
    AES_128(17, KeyType.AES, 128),
    AES_192(18, KeyType.AES, 192),
    AES_256(19, KeyType.AES, 256);

    private final int id;
    private final KeyType keyType;
    private final int bits;

    EkmAlgorithm(int id, KeyType keyType, int bits) {
        this.id = id;
        this.keyType = keyType;
        this.bits = bits;
    }

    /** The algorithm of that number ({@code SqlCpAlgId}). */
    public static EkmAlgorithm ofId(int id) {
        return only(
                Arrays.stream(values()).filter(algorithm -> algorithm.id == id), "no algorithm has the number " + id);
    }

    /** The algorithm that comes after that number in the list, the first after 0; empty at the end. */
    public static Optional<EkmAlgorithm> after(int id) {
        return Arrays.stream(values())
                .filter(algorithm -> Integer.compareUnsigned(algorithm.id, id) > 0)
                .findFirst();
    }

    /** The algorithm of that tag, spelled as in T-SQL. */
    public static EkmAlgorithm ofTag(String tag) {
        return only(
                Arrays.stream(values()).filter(algorithm -> algorithm.tag().equals(tag)),
                "the algorithm \"" + tag + "\" is not supported");
    }

    /** The algorithm that a key of these attributes is for, when EKM has one. */
    static Optional<EkmAlgorithm> of(Attributes key) {
        return Arrays.stream(values())
                .filter(algorithm -> key.find(Attribute.KEY_TYPE).equals(Optional.of(algorithm.keyType)))
                .filter(algorithm -> algorithm.bits == bits(key))
                .findFirst();
    }

    private static long bits(Attributes key) {
        return key.find(Attribute.MODULUS_BITS)
                .or(() -> key.find(Attribute.VALUE_LENGTH).map(bytes -> bytes * Byte.SIZE))
                .orElse(0L);
    }

    private static EkmAlgorithm only(Stream<EkmAlgorithm> found, String complaint) {
        return found.findFirst()
                .orElseThrow(() ->
                        HsmException.mechanismInvalid(complaint + "; the provider has " + Arrays.toString(values())));
    }

    /** The provider's number for it ({@code SqlCpAlgId}). */
    public int id() {
        return id;
    }

    /** The name that SQL Server matches ({@code algTag}). */
    public String tag() {
        return name();
    }

    /** Whether keys are pairs ({@code CREATE ASYMMETRIC KEY}) rather than single ({@code CREATE SYMMETRIC KEY}). */
    public boolean isAsymmetric() {
        return keyType == KeyType.RSA;
    }

    /** The length of a key in bits ({@code bitLen}). */
    public int bits() {
        return bits;
    }

    /** The length of an initialisation vector in bits, or 0 where there is none ({@code ivLen}). */
    public int ivBits() {
        return isAsymmetric() ? 0 : 128;
    }
}
