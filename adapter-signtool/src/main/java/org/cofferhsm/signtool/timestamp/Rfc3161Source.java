package org.cofferhsm.signtool.timestamp;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.verify.TimestampToken;

/**
 * An authority asked by RFC 3161 ({@code /tr}).
 *
 * @param digest how the signature value is hashed for it ({@code /td})
 */
public record Rfc3161Source(TimestampServer server, DigestAlgorithm digest, TimestampRules rules)
        implements TimestampSource {

    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";

    @Override
    public AuthenticodeSignature stamp(AuthenticodeSignature signature) throws TimestampException {
        return signature.withTimestampToken(token(signature.signatureValue()).toByteArray());
    }

    /**
     * A token over any bytes, checked.
     *
     * @return a ContentInfo in its own encoding
     */
    public Octets token(byte[] value) throws TimestampException {
        Rfc3161Question question = Rfc3161Question.about(value, digest, rules.policy());
        byte[] response = server.ask(new TimestampServer.Question(question.encoded(), QUERY, REPLY, true));
        try {
            Octets token = question.token(response);
            AuthenticodeSignature authority =
                    TimestampToken.parse(token.toByteArray()).signature();
            rules.require(rules.verifier(authority.signerCertificate()).token(token, value, List.of()));
            return token;
        } catch (HsmException e) {
            throw TimestampException.malformed(e);
        }
    }
}
