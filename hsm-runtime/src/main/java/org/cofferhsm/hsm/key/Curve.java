package org.cofferhsm.hsm.key;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cofferhsm.hsm.error.HsmException;

/** An elliptic curve by its names and object identifier (SEC 2, RFC 5480, RFC 8410). */
public enum Curve {
    P256(KeyType.EC, "secp256r1", "1.2.840.10045.3.1.7", 256, List.of("prime256v1", "p-256")),
    P384(KeyType.EC, "secp384r1", "1.3.132.0.34", 384, List.of("p-384")),
    P521(KeyType.EC, "secp521r1", "1.3.132.0.35", 521, List.of("p-521")),
    SECP256K1(KeyType.EC, "secp256k1", "1.3.132.0.10", 256, List.of()),
    ED25519(KeyType.EC_EDWARDS, "ed25519", "1.3.101.112", 255, List.of("edwards25519")),
    X25519(KeyType.EC_MONTGOMERY, "x25519", "1.3.101.110", 255, List.of("curve25519"));

    private final KeyType keyType;
    private final String standardName;
    private final String oid;
    private final int bits;
    private final List<String> otherNames;

    Curve(KeyType keyType, String standardName, String oid, int bits, List<String> otherNames) {
        this.keyType = keyType;
        this.standardName = standardName;
        this.oid = oid;
        this.bits = bits;
        this.otherNames = otherNames;
    }

    /** The curve of that name, in any of its usual spellings and cases. */
    public static Curve named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(curve -> curve.standardName.equals(wanted) || curve.otherNames.contains(wanted))
                .findFirst()
                .orElseThrow(() -> HsmException.attributeValueInvalid("no curve is called \"" + name
                        + "\"; known are secp256r1, secp384r1, secp521r1, secp256k1, ed25519 and x25519"));
    }

    /** The curve of that object identifier in dotted decimals. */
    public static Curve ofOid(String oid) {
        return Arrays.stream(values())
                .filter(curve -> curve.oid.equals(oid))
                .findFirst()
                .orElseThrow(() -> HsmException.attributeValueInvalid("the curve " + oid + " is not supported"));
    }

    public KeyType keyType() {
        return keyType;
    }

    /** The SEC 2 or RFC 8410 name, as the JDK and keytool know it. */
    public String standardName() {
        return standardName;
    }

    /** The object identifier in dotted decimals. */
    public String oid() {
        return oid;
    }

    /** The size of the field in bits. */
    public int bits() {
        return bits;
    }

    /** The size of one coordinate, or of one half of a raw signature, in bytes. */
    public int bytes() {
        return (bits + 7) / 8;
    }

    @Override
    public String toString() {
        return standardName;
    }
}
