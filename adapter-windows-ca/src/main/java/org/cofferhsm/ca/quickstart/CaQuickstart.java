package org.cofferhsm.ca.quickstart;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.ca.CertificateAuthority;
import org.cofferhsm.ca.CertificateProfile;
import org.cofferhsm.ca.CertificateText;
import org.cofferhsm.ca.RootKey;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.StepFile;

/** Makes a root whose key stays in the module, issues a certificate for a web server's request, and has it verified. */
public final class CaQuickstart implements QuickstartStep {

    private static final String LABEL = "quickstart-root";

    private final Clock clock;

    public CaQuickstart() {
        this(Clock.systemUTC());
    }

    /** With a clock that says whether the certificate of an earlier run has ended. */
    CaQuickstart(Clock clock) {
        this.clock = clock;
    }

    @Override
    public int order() {
        return 3;
    }

    @Override
    public String product() {
        return "Windows CA";
    }

    @Override
    public String userName() {
        return "ca";
    }

    @Override
    public Outcome run(QuickstartContext context) {
        StepFile root = new StepFile(context.directory().resolve("root.pem"));
        StepFile leaf = new StepFile(context.directory().resolve("server.pem"));
        Optional<OutsideProgram> openssl = OutsideProgram.find("openssl");
        String done = "certificate of an earlier run verified";
        if (!ChainCheck.holds(root.path(), leaf.path(), clock.instant())) {
            boolean again = leaf.exists();
            byte[] request = request(openssl, context.directory());
            context.withSession(session -> issue(session, request, root, leaf));
            done = again
                    ? "damaged or expired certificate of an earlier run issued anew"
                    : "root key made, self-signed, certificate issued";
        }
        String checkedBy = openssl.map(program -> ChainCheck.byOpenssl(program, root.path(), leaf.path()))
                .orElseGet(() -> ChainCheck.byJdk(root.path(), leaf.path()));
        return new Outcome(done, checkedBy, "openssl x509 -text -noout -in " + leaf.quoted());
    }

    private static byte[] request(Optional<OutsideProgram> openssl, Path directory) {
        StepFile request = new StepFile(directory.resolve("server.csr"));
        openssl.ifPresentOrElse(
                program -> SampleRequest.makeByOpenssl(program, request, new StepFile(directory.resolve("server.key"))),
                () -> SampleRequest.makeByJdk(request));
        return request.read();
    }

    private static CertificateAuthority issue(Session session, byte[] request, StepFile root, StepFile leaf) {
        CertificateAuthority authority = openOrCreate(session);
        X509Certificate issued = authority.issue(request, CertificateProfile.WEB_SERVER);
        root.write(CertificateText.of(authority.certificate()).getBytes(StandardCharsets.US_ASCII));
        leaf.write(CertificateText.of(issued).getBytes(StandardCharsets.US_ASCII));
        return authority;
    }

    private static CertificateAuthority openOrCreate(Session session) {
        return CertificateAuthority.exists(session, LABEL)
                ? CertificateAuthority.open(session, LABEL)
                : CertificateAuthority.create(
                        session, LABEL, new X500Principal("CN=Coffer Quickstart Root, O=Example"), RootKey.P384);
    }
}
