package org.cofferhsm.signtool.signing;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureScheme;

/**
 * A key pair in the module with its certificates.
 *
 * @param session whose user may use the key
 * @param id the private key
 * @param alias how keytool and jarsigner call it: the key's label, or label and reference where it is not unique
 * @param chain the certificates stored beside the key, its own first; never empty
 */
public record ModuleKey(Session session, KeyId id, String alias, List<X509Certificate> chain) implements Signatory {

    public ModuleKey {
        chain = List.copyOf(chain);
    }

    /** The key's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Signs by a mechanism that takes the data itself, so that a key may be restricted to such mechanisms. */
    @Override
    public byte[] sign(PreparedSignature prepared) {
        return sign(prepared.digestAlgorithm(), prepared.toBeSigned());
    }

    /** Signs any bytes in the same way. */
    public byte[] sign(DigestAlgorithm digest, byte[] data) {
        return switch (SignatureScheme.of(certificate())) {
            case RSA -> session.sign(id, rsa(digest), data);
            case ECDSA -> der(session.sign(id, ecdsa(digest), data));
        };
    }

    private static Algorithm rsa(DigestAlgorithm digest) {
        return switch (digest) {
            case SHA1 -> Algorithm.of(MechanismType.SHA1_RSA_PKCS);
            case SHA256 -> Algorithm.SHA256_RSA_PKCS;
            case SHA384 -> Algorithm.SHA384_RSA_PKCS;
            case SHA512 -> Algorithm.SHA512_RSA_PKCS;
        };
    }

    private static Algorithm ecdsa(DigestAlgorithm digest) {
        return switch (digest) {
            case SHA1 -> Algorithm.of(MechanismType.ECDSA_SHA1);
            case SHA256 -> Algorithm.ECDSA_SHA256;
            case SHA384 -> Algorithm.ECDSA_SHA384;
            case SHA512 -> Algorithm.ECDSA_SHA512;
        };
    }

    /**
     * Signs a digest whose data is elsewhere ({@code /ds}); the value fits {@link PreparedSignature#complete} there.
     */
    public byte[] signDigest(DigestAlgorithm algorithm, byte[] digest) {
        return switch (SignatureScheme.of(certificate())) {
            case RSA -> session.sign(id, Algorithm.RSA_PKCS, digestInfo(algorithm, digest));
            case ECDSA -> der(session.sign(id, Algorithm.ECDSA, digest));
        };
    }

    /** What PKCS#1 v1.5 pads (RFC 8017 §9.2). */
    private static byte[] digestInfo(DigestAlgorithm algorithm, byte[] digest) {
        return Decoding.der(new DigestInfo(algorithm.identifier(), digest));
    }

    /** The module's r || s as CMS has it (RFC 5753 §2.1.1). */
    private static byte[] der(byte[] plain) {
        int half = plain.length / 2;
        ASN1Encodable r = number(Arrays.copyOf(plain, half));
        ASN1Encodable s = number(Arrays.copyOfRange(plain, half, plain.length));
        return Decoding.der(new DERSequence(r, s));
    }

    private static ASN1Encodable number(byte[] unsigned) {
        return new ASN1Integer(new BigInteger(1, unsigned));
    }
}
