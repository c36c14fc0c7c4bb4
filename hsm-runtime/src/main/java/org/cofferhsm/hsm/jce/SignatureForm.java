package org.cofferhsm.hsm.jce;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.der.DerInput;
import org.cofferhsm.hsm.key.Attribute;

/** How a signature is written; the module writes ECDSA's as r || s, both halves equally long. */
enum SignatureForm {
    /** As the module writes it. For ECDSA this is the form of IEEE P1363. */
    AS_IS,
    /** ECDSA's r and s as a DER sequence (RFC 3279 §2.2.3), which X.509 and TLS use. */
    DER;

    byte[] fromModule(byte[] signature) {
        if (this == AS_IS) {
            return signature;
        }
        int half = signature.length / 2;
        return Der.value(
                Der.SEQUENCE,
                Der.integer(BigEndian.number(signature, 0, half)),
                Der.integer(BigEndian.number(signature, half, signature.length)));
    }

    byte[] toModule(byte[] signature, Handle key) {
        if (this == AS_IS) {
            return signature;
        }
        ByteBuffer in = ByteBuffer.wrap(signature);
        ByteBuffer sequence = DerInput.read(in, Der.SEQUENCE);
        DerInput.requireEnd(in);
        BigInteger r = DerInput.readInteger(sequence);
        BigInteger s = DerInput.readInteger(sequence);
        DerInput.requireEnd(sequence);
        int half = key.attributes().get(Attribute.CURVE).bytes();
        return ByteBuffer.allocate(2 * half)
                .put(BigEndian.bytes(r, half))
                .put(BigEndian.bytes(s, half))
                .array();
    }
}
