package org.cofferhsm.signtool.authenticode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.cofferhsm.hsm.spi.Digests;

/** The hash functions of Authenticode; computed by the JDK, or for much data by the module's engine, never by others. */
public enum DigestAlgorithm {
    /** For files that must still be read by very old systems, and for verifying such files. */
    SHA1("SHA-1", 20, OIWObjectIdentifiers.idSHA1),
    SHA256("SHA-256", 32, NISTObjectIdentifiers.id_sha256),
    SHA384("SHA-384", 48, NISTObjectIdentifiers.id_sha384),
    SHA512("SHA-512", 64, NISTObjectIdentifiers.id_sha512);

    /** Without its optimizing compiler the JDK needs 8 ms for 1 MB; loading the engine costs 130 ms. */
    private static final long MUCH = 8L << 20;

    private final String jcaName;
    private final int length;
    private final ASN1ObjectIdentifier oid;

    DigestAlgorithm(String jcaName, int length, ASN1ObjectIdentifier oid) {
        this.jcaName = jcaName;
        this.length = length;
        this.oid = oid;
    }

    /** The algorithm with this identifier; empty for one that no signature should use. */
    public static Optional<DigestAlgorithm> of(ASN1ObjectIdentifier oid) {
        for (DigestAlgorithm one : values()) {
            if (one.oid.equals(oid)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The algorithm that SignTool calls so ("sha256", any case). */
    public static Optional<DigestAlgorithm> named(String name) {
        for (DigestAlgorithm one : values()) {
            if (one.signToolName().equalsIgnoreCase(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** How SignTool spells it: "sha256". */
    public String signToolName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name in Java: "SHA-256". */
    public String jcaName() {
        return jcaName;
    }

    /** The bytes of a digest. */
    public int length() {
        return length;
    }

    public ASN1ObjectIdentifier oid() {
        return oid;
    }

    /** With NULL parameters, as SignTool writes it. */
    public AlgorithmIdentifier identifier() {
        return new AlgorithmIdentifier(oid, DERNull.INSTANCE);
    }

    /** A new computation. */
    public MessageDigest start() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + jcaName, e);
        }
    }

    /** A new computation over a file of this size; large ones are worth loading an engine in native code for. */
    public MessageDigest startOver(long bytes) {
        return isMuch(bytes) ? Digests.forMuch(jcaName) : start();
    }

    /** Whether a file of this size is large for {@link #startOver}. */
    public static boolean isMuch(long bytes) {
        return bytes >= MUCH;
    }

    /** The digest of all these bytes. */
    public byte[] digest(byte[] data) {
        return start().digest(data);
    }
}
