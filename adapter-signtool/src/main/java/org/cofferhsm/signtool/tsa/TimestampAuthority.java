package org.cofferhsm.signtool.tsa;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SpcTimestampRequest;

/**
 * Says by a signature when it saw something (RFC 3161), or countersigns (Authenticode). It decides, signs in the module,
 * records, and only then answers. Safe for use by several threads.
 */
public final class TimestampAuthority implements AutoCloseable {

    private static final int SERIAL_BITS = 160;
    private static final int LONGEST_VALUE = 2048;

    private final TsaRules rules;
    private final TsaSigner signer;
    private final TsaClock clock;
    private final TokenLog log;
    private final SecureRandom random = new SecureRandom();

    TimestampAuthority(TsaRules rules, TsaSigner signer, TsaClock clock, TokenLog log) {
        this.rules = rules;
        this.signer = signer;
        this.clock = clock;
        this.log = log;
    }

    /**
     * An authority whose key has this label; only one at a time may use a key, as each looks at its own clock alone.
     *
     * @throws HsmException when the key or its certificate is not fit for it
     */
    public static TimestampAuthority open(Session session, String label, TsaRules rules) {
        Clock system = Clock.systemUTC();
        TsaSigner signer = new TsaSigner(TsaKey.named(label, session, system.instant()));
        TsaClock clock = new TsaClock(system, LastTime.of(session, label));
        return new TimestampAuthority(rules, signer, clock, text -> session.note("tsa", text));
    }

    /**
     * Forgets the last time of an authority that does not run: for a clock that was wrong by years when it was told.
     *
     * @return the system's time, before which none will be told from now on
     */
    public static Instant resetClock(Session session, String label) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        TsaKey.named(label, session, now);
        LastTime.of(session, label).reset(now);
        return now;
    }

    /** Answers a TimeStampReq, whatever it is, by a TimeStampResp. */
    public byte[] answer(byte[] request) {
        try {
            return TsaResponse.granted(token(TimestampRequest.parse(request)));
        } catch (Refusal e) {
            return TsaResponse.refused(e);
        }
    }

    private ContentInfo token(TimestampRequest request) throws Refusal {
        rules.require(request);
        try {
            Instant time = now();
            BigInteger serial = serial();
            ContentInfo token = generator(request)
                    .generate(new TimeStampRequest(request.asn1()), serial, Date.from(time))
                    .toCMSSignedData()
                    .toASN1Structure();
            record(serial.toString(16), time, request.digest(), request.imprint());
            return token;
        } catch (TSPException | HsmException e) {
            throw Refusal.systemFailure(e);
        }
    }

    private TimeStampTokenGenerator generator(TimestampRequest request) throws Refusal {
        try {
            TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                    signer.ofTokens(), signer.digests().get(DigestAlgorithm.SHA256.identifier()), rules.policy());
            generator.setAccuracySeconds((int) rules.accuracy().toSeconds());
            generator.setAccuracyMillis(rules.accuracy().toMillisPart());
            generator.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
            if (request.wantsCertificate()) {
                generator.addCertificates(signer.certificates());
            }
            return generator;
        } catch (OperatorCreationException | TSPException | IllegalArgumentException e) {
            throw Refusal.systemFailure(e);
        }
    }

    /**
     * Answers a request of the legacy protocol, not in Base64.
     *
     * @return a SignedData over the signature value, whose SignerInfo is the countersignature
     */
    byte[] counterSign(byte[] request) throws Refusal {
        byte[] value = legacyValue(request);
        try {
            Instant time = now();
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(signer.ofCounterSignatures(time));
            generator.addCertificates(signer.certificates());
            CMSSignedData signed = generator.generate(new CMSProcessableByteArray(value), true);
            record("none", time, DigestAlgorithm.SHA256, DigestAlgorithm.SHA256.digest(value));
            return Decoding.dl(signed.toASN1Structure());
        } catch (CMSException | HsmException e) {
            throw Refusal.systemFailure(e);
        }
    }

    private static byte[] legacyValue(byte[] request) throws Refusal {
        try {
            byte[] value = SpcTimestampRequest.parse(request).value();
            if (value.length == 0 || value.length > LONGEST_VALUE) {
                throw Refusal.badRequest("no signature value is " + value.length + " bytes long");
            }
            return value;
        } catch (HsmException e) {
            throw Refusal.badDataFormat("the request is malformed", e);
        }
    }

    /** A time at which the certificate was valid. */
    private Instant now() throws Refusal {
        Instant now = clock.now();
        TsaKey.requireCurrent(signer.certificate(), now);
        return now;
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random);
    }

    private void record(String serial, Instant time, DigestAlgorithm digest, byte[] imprint) {
        log.issued("timestamp serial=" + serial + " time=" + time + " " + digest.signToolName() + "="
                + HexFormat.of().formatHex(imprint));
    }

    /** Keeps the last time; the session stays the caller's. */
    @Override
    public void close() {
        clock.close();
    }
}
