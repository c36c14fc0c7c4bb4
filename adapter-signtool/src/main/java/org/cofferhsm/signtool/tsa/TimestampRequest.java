package org.cofferhsm.signtool.tsa;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * What a stranger asks (TimeStampReq, RFC 3161 §2.4.1).
 *
 * @param asn1 the request as it stands
 * @param digest how the data was hashed
 * @param nonce to be given back
 * @param policy the only policy that would be accepted
 */
record TimestampRequest(
        TimeStampReq asn1, DigestAlgorithm digest, Optional<BigInteger> nonce, Optional<ASN1ObjectIdentifier> policy) {

    private static final String WHAT = "the request";
    private static final int LONGEST_NONCE_BITS = 512;

    static TimestampRequest parse(byte[] encoded) throws Refusal {
        TimeStampReq request = read(encoded);
        if (!request.getVersion().hasValue(1)) {
            throw Refusal.badRequest("the version is not 1");
        }
        if (request.getExtensions() != null) {
            throw Refusal.unacceptedExtension("no extension is known here");
        }
        return new TimestampRequest(
                request,
                digest(request.getMessageImprint()),
                nonce(request.getNonce()),
                Optional.ofNullable(request.getReqPolicy()));
    }

    private static TimeStampReq read(byte[] encoded) throws Refusal {
        try {
            return Decoding.of(WHAT, () -> TimeStampReq.getInstance(Decoding.whole(WHAT, encoded)));
        } catch (HsmException e) {
            throw Refusal.badDataFormat("the request is malformed", e);
        }
    }

    private static DigestAlgorithm digest(MessageImprint imprint) throws Refusal {
        Optional<DigestAlgorithm> digest =
                DigestAlgorithm.of(imprint.getHashAlgorithm().getAlgorithm());
        if (digest.isEmpty()) {
            throw Refusal.badAlgorithm("the hash function is not known here");
        }
        if (imprint.getHashedMessage().length != digest.get().length()) {
            throw Refusal.badRequest(
                    "the imprint has not the length of a " + digest.get().jcaName() + " value");
        }
        return digest.get();
    }

    /** Any number is a nonce, but one longer than any program's would only be there to fill our log. */
    private static Optional<BigInteger> nonce(ASN1Integer number) throws Refusal {
        Optional<BigInteger> nonce = Optional.ofNullable(number).map(ASN1Integer::getValue);
        if (nonce.isPresent() && nonce.get().bitLength() > LONGEST_NONCE_BITS) {
            throw Refusal.badRequest("the nonce has more than " + LONGEST_NONCE_BITS + " bits");
        }
        return nonce;
    }

    boolean wantsCertificate() {
        return asn1.getCertReq() != null && asn1.getCertReq().isTrue();
    }

    byte[] imprint() {
        return asn1.getMessageImprint().getHashedMessage();
    }
}
