package org.cofferhsm.hsm.crypto;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The outer form of an encoded key, read strictly: PKCS#8 (RFC 5958) or SubjectPublicKeyInfo (RFC 5280 §4.1) in DER, with
 * nothing after it. Complaints never show the content, which may be secret.
 */
public final class DerKey {

    private DerKey() {}

    /** Reads PKCS#8; complains by {@code dataInvalid}. */
    public static PrivateKeyInfo privateKey(byte[] encoded) {
        return read(encoded, PrivateKeyInfo::getInstance, "a private key (PKCS#8)");
    }

    /** Reads SubjectPublicKeyInfo; complains by {@code dataInvalid}. */
    public static SubjectPublicKeyInfo publicKey(byte[] encoded) {
        return read(encoded, SubjectPublicKeyInfo::getInstance, "a public key (SubjectPublicKeyInfo)");
    }

    /** Reads what {@code content} holds as {@code type} does; complains by {@code dataInvalid}. */
    public static <T extends ASN1Encodable> T content(byte[] content, Function<Object, T> type, String what) {
        return read(content, type, what);
    }

    /** The content of the private key's octet string, as {@code type} reads it. */
    public static <T extends ASN1Encodable> T content(PrivateKeyInfo info, Function<Object, T> type, String what) {
        byte[] content = info.getPrivateKey().getOctets();
        try {
            return read(content, type, what);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static <T extends ASN1Encodable> T read(byte[] encoded, Function<Object, T> type, String what) {
        T value = understand(() -> type.apply(ASN1Primitive.fromByteArray(encoded)), what);
        byte[] again = understand(() -> encode(value), what);
        boolean canonical = Arrays.equals(again, encoded);
        Arrays.fill(again, (byte) 0);
        if (!canonical) {
            throw HsmException.dataInvalid("the data is " + what + " but not in DER");
        }
        return value;
    }

    /**
     * What the library's {@code parser} makes of foreign data. It answers malformed structures with whatever it trips over
     * (casts, indices, null), so all of that is {@code dataInvalid} here; and its words may quote a private key.
     */
    public static <T> T understand(Parser<T> parser, String what) {
        try {
            return Objects.requireNonNull(parser.parse());
        } catch (IOException | RuntimeException e) {
            throw HsmException.dataInvalid("the data is not " + what + " in DER");
        }
    }

    /** A reading of foreign data by a library. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse() throws IOException;
    }

    /** Complains by {@code dataInvalid} unless the key is of that algorithm. */
    public static void requireAlgorithm(AlgorithmIdentifier found, AlgorithmIdentifier wanted, String name) {
        if (!found.equals(wanted)) {
            throw HsmException.dataInvalid(
                    "the data is a key of algorithm " + found.getAlgorithm() + ", not of " + name);
        }
    }

    /** The DER encoding. */
    public static byte[] encode(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw HsmException.internal("a key could not be written in DER").causedBy(e);
        }
    }
}
