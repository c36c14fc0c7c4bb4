package org.cofferhsm.signtool.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaKeys;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.cofferhsm.signtool.tsa.TsaServer;

/** Our own authority with a key in a module, on a free port of the loopback interface. */
public record TestTsa(X509Certificate certificate, TimestampAuthority authority, TsaServer server)
        implements AutoCloseable {

    private static final int MOST_REQUESTS = 4;

    /** With a new key under this label. */
    public static TestTsa start(Session session, String label, KeyPairTemplate kind, TsaRules rules) {
        X509Certificate certificate =
                new TsaKeys(session).make(label, kind, new X500Principal("CN=Example Timestamps " + label));
        TimestampAuthority authority = TimestampAuthority.open(session, label, rules);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new TestTsa(certificate, authority, TsaServer.start(authority, loopback, MOST_REQUESTS));
    }

    public String url() {
        return "http://127.0.0.1:" + server.address().getPort() + "/";
    }

    /** The certificate in PEM, for programs that shall trust it. */
    public Path writeCertificate(Path file) throws Exception {
        String lines = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    }

    @Override
    public void close() {
        server.close();
        authority.close();
    }
}
