package org.cofferhsm.ca;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/**
 * A root certification authority (RFC 5280): its key is made in the module and signs there, its certificate is kept
 * beside the key.
 */
public final class CertificateAuthority {

    private static final Duration ROOT_VALIDITY = Duration.ofDays(3652);

    private final Session session;
    private final RootObjects root;
    private final X509Certificate certificate;
    private final Clock clock;

    private CertificateAuthority(Session session, RootObjects root, X509Certificate certificate, Clock clock) {
        this.session = session;
        this.root = root;
        this.certificate = certificate;
        this.clock = clock;
    }

    /** Makes a root under a new label: a key pair and a certificate that it signs itself, valid for ten years. */
    public static CertificateAuthority create(Session session, String label, X500Principal name, RootKey kind) {
        RootObjects root = new RootObjects(session, label);
        if (root.certificate().isPresent()) {
            throw HsmException.attributeValueInvalid(
                    "a CA is already labelled \"" + label + "\"; open it, or choose another label");
        }
        root.makeKeyUnlessThere(kind);
        root.store(selfSigned(session, root, name));
        return open(session, label);
    }

    private static X509Certificate selfSigned(Session session, RootObjects root, X500Principal name) {
        Issue issue = Issue.now(session, Instant.now(), ROOT_VALIDITY);
        try {
            return CertificateContent.ofRoot(X500Name.getInstance(name.getEncoded()), root.publicKey(), issue)
                    .sign(new ModuleSigner(session, root.privateKey(), root.kind()));
        } catch (IOException e) {
            throw HsmException.internal("the root certificate cannot be encoded")
                    .causedBy(e);
        }
    }

    /** The CA that was made under this label. */
    public static CertificateAuthority open(Session session, String label) {
        return open(session, label, Clock.systemUTC());
    }

    static CertificateAuthority open(Session session, String label, Clock clock) {
        RootObjects root = new RootObjects(session, label);
        X509Certificate certificate = root.certificate()
                .orElseThrow(() -> HsmException.keyNotFound("no CA of user \""
                        + session.user().name() + "\" is labelled \"" + label + "\"; create it first"));
        return new CertificateAuthority(session, root, certificate, clock);
    }

    /** Whether there is a CA under this label. */
    public static boolean exists(Session session, String label) {
        return new RootObjects(session, label).certificate().isPresent();
    }

    /** The root's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Certifies the key of a request (PKCS#10, as DER or as text) whose sender holds it. Subject and names are the
     * request's, all else is the profile's.
     */
    public X509Certificate issue(byte[] request, CertificateProfile profile) {
        CertificateRequest checked = CertificateRequest.read(request);
        boolean nameless = checked.names().getNames().length == 0;
        boolean anonymous = checked.subject().getRDNs().length == 0;
        if (nameless && (profile.needsNames() || anonymous)) {
            throw HsmException.dataInvalid("the certificate request has no DNS name or address in its subjectAltName,"
                    + " which this profile needs (CERTSRV_E_SUBJECT_ALT_NAME_REQUIRED)");
        }
        Issue issue = Issue.now(session, Instant.now(clock), profile.validity()).within(certificate);
        return sign(checked, profile, issue);
    }

    private X509Certificate sign(CertificateRequest request, CertificateProfile profile, Issue issue) {
        if (!issue.from().isBefore(issue.until())) {
            throw HsmException.keyNotValidNow("the CA's certificate ended on "
                    + certificate.getNotAfter().toInstant() + "; it cannot issue any more");
        }
        boolean anonymous = request.subject().getRDNs().length == 0;
        try {
            return CertificateContent.ofRequest(certificate, request, issue)
                    .withUsage(profile)
                    .withNames(request.names(), anonymous)
                    .sign(new ModuleSigner(session, root.privateKey(), root.kind()));
        } catch (IOException e) {
            throw HsmException.internal("the certificate cannot be encoded").causedBy(e);
        }
    }
}
