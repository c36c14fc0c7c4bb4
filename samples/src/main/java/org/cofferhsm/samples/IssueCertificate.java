package org.cofferhsm.samples;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.ca.CertificateAuthority;
import org.cofferhsm.ca.CertificateProfile;
import org.cofferhsm.ca.CertificateText;
import org.cofferhsm.ca.RootKey;
import org.cofferhsm.hsm.session.Session;

/** A CA whose root key stays in the module: give it a certificate request as the second argument. */
public final class IssueCertificate {

    private IssueCertificate() {}

    public static void main(String[] arguments) {
        Path request = Path.of(arguments[1]);
        DemoModule.run(arguments, "ca", session -> run(session, request, DemoModule.out()));
    }

    static void run(Session session, Path request, PrintStream out) {
        CertificateAuthority authority = CertificateAuthority.exists(session, "example-root")
                ? CertificateAuthority.open(session, "example-root")
                : CertificateAuthority.create(
                        session, "example-root", new X500Principal("CN=Example Root, O=Example"), RootKey.P384);
        Path root = request.resolveSibling("root.pem");
        Path issued = request.resolveSibling("issued.pem");
        try {
            byte[] content = Files.readAllBytes(request);
            Files.writeString(issued, CertificateText.of(authority.issue(content, CertificateProfile.WEB_SERVER)));
            Files.writeString(root, CertificateText.of(authority.certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println("now try: openssl verify -CAfile " + root + " " + issued);
    }
}
