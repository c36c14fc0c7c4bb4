package org.cofferhsm.ca;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.session.Session;

/** Signs certificates by a key in the module. */
final class ModuleSigner implements ContentSigner {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Session session;
    private final KeyId privateKey;
    private final RootKey kind;

    ModuleSigner(Session session, KeyId privateKey, RootKey kind) {
        this.session = session;
        this.privateKey = privateKey;
        this.kind = kind;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return kind.identifier();
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        byte[] signature = session.sign(privateKey, kind.algorithm(), content.toByteArray());
        return kind == RootKey.P384 ? sequence(signature) : signature;
    }

    /** Certificates hold ECDSA signatures as a sequence of two integers (RFC 3279 §2.2.3), the module gives r || s. */
    private static byte[] sequence(byte[] concatenated) {
        int half = concatenated.length / 2;
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(integer(Arrays.copyOfRange(concatenated, 0, half)));
        numbers.add(integer(Arrays.copyOfRange(concatenated, half, concatenated.length)));
        try {
            return new DERSequence(numbers).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw HsmException.internal("a signature cannot be encoded").causedBy(e);
        }
    }

    private static ASN1Integer integer(byte[] magnitude) {
        return new ASN1Integer(new BigInteger(1, magnitude));
    }
}
