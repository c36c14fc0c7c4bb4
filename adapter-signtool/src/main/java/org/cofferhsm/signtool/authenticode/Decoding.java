package org.cofferhsm.signtool.authenticode;

import java.io.IOException;
import java.util.NoSuchElementException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.cofferhsm.hsm.error.HsmException;

/** Reads ASN.1 that strangers wrote: whatever is wrong with it, the outcome is a value or one kind of refusal. */
public final class Decoding {

    /** What decodes; free to throw what Bouncy Castle throws on malformed input. */
    @FunctionalInterface
    public interface Step<T> {
        T decode() throws IOException;
    }

    private Decoding() {}

    /**
     * Runs a step.
     *
     * @param what the thing that is decoded, for the message: "the certificate table"
     */
    public static <T> T of(String what, Step<T> step) {
        try {
            return step.decode();
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | ArithmeticException
                | IndexOutOfBoundsException e) {
            throw HsmException.dataInvalid(what + " is malformed: " + e.getMessage())
                    .causedBy(e);
        } catch (NoSuchElementException e) { // without a message
            throw HsmException.dataInvalid(what + " is malformed: it ends before its last field")
                    .causedBy(e);
        }
    }

    /** The one object that these bytes are the encoding of, with nothing behind it. */
    public static ASN1Primitive whole(String what, byte[] encoded) {
        return of(what, () -> {
            ASN1Primitive object = ASN1Primitive.fromByteArray(encoded);
            if (object == null) {
                throw new IOException("it is empty");
            }
            return object;
        });
    }

    /** The first object in these bytes, which may be followed by others or by padding. */
    public static ASN1Primitive first(String what, byte[] encoded) {
        return of(what, () -> {
            try (ASN1InputStream in = new ASN1InputStream(encoded)) {
                ASN1Primitive object = in.readObject();
                if (object == null) {
                    throw new IOException("it is empty");
                }
                return object;
            }
        });
    }

    /** The DER encoding. */
    public static byte[] der(ASN1Encodable value) {
        return encoded(value, ASN1Encoding.DER);
    }

    /** The encoding with definite lengths that keeps the order of sets: what others signed stays what they signed. */
    public static byte[] dl(ASN1Encodable value) {
        return encoded(value, ASN1Encoding.DL);
    }

    private static byte[] encoded(ASN1Encodable value, String rules) {
        try {
            return value.toASN1Primitive().getEncoded(rules);
        } catch (IOException e) {
            throw new IllegalStateException("an ASN.1 object cannot be encoded", e);
        }
    }
}
