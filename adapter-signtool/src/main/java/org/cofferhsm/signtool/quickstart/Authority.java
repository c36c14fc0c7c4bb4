package org.cofferhsm.signtool.quickstart;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.signing.ModuleKeys;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampRules;
import org.cofferhsm.signtool.timestamp.TimestampServer;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaKeys;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.cofferhsm.signtool.tsa.TsaServer;

/** A timestamp authority whose key is in the module, too. */
record Authority(Session session) {

    private static final String ALIAS = "quickstart-timestamps";
    private static final X500Principal NAME = new X500Principal("CN=Coffer Quickstart Timestamps, O=Example");

    /** Its certificate, made when there is none yet. */
    X509Certificate certificate() {
        return new ModuleKeys(session)
                .list().stream()
                        .filter(key -> key.alias().equals(ALIAS))
                        .map(ModuleKey::certificate)
                        .findFirst()
                        .orElseGet(() -> new TsaKeys(session).make(ALIAS, KeyPairTemplate.ec(Curve.P256), NAME));
    }

    /** Lets it answer by HTTP, as it would on another machine, and only until the work is done. */
    <T> T during(Function<Rfc3161Source, T> work) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TimestampAuthority authority = TimestampAuthority.open(session, ALIAS, TsaRules.usual());
                TsaServer server = TsaServer.start(authority, anyPort, 1)) {
            String url = "http://127.0.0.1:" + server.address().getPort() + "/";
            return work.apply(
                    new Rfc3161Source(TimestampServer.at(url), DigestAlgorithm.SHA256, TimestampRules.ANY_AUTHORITY));
        }
    }
}
