package org.cofferhsm.signtool.tsa.cli;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaKeys;

/** {@code coffer tsa init}: makes an authority's key and certificate, or gets the certificate from a CA in two steps. */
public final class TsaInitCommand extends TsaCommand {

    private static final String RESET_CLOCK = "--reset-clock";

    private static final Map<String, KeyPairTemplate> KINDS = Map.of(
            "rsa-3072", KeyPairTemplate.rsa(3072),
            "rsa-4096", KeyPairTemplate.rsa(4096),
            "ec-p256", KeyPairTemplate.ec(Curve.P256));

    @Override
    public List<String> name() {
        return List.of("tsa", "init");
    }

    @Override
    public String summary() {
        return "Make the key and certificate of a timestamp authority, or have the certificate issued by a CA";
    }

    @Override
    Set<String> valued() {
        return Set.of("--label", "--subject", "--key-type", "--csr", "--certificate", "--out");
    }

    @Override
    Set<String> unvalued() {
        return Set.of(RESET_CLOCK);
    }

    @Override
    List<String> help() {
        return List.of(
                "  --label LABEL           the key",
                "  --subject NAME          make a key, and a certificate for this name that it signs itself",
                "  --key-type KIND         of the new key: rsa-3072 (usual), rsa-4096 or ec-p256",
                "  --csr FILE              write a certificate request (PKCS#10, PEM) for a CA",
                "  --certificate FILE      put the certificate that the CA issued, and its chain (PEM), beside the key",
                "  --out FILE              write the certificate (PEM), for those who shall trust it",
                "  --reset-clock           forget the last time that was given: the clock was far ahead then");
    }

    @Override
    void check(GivenOptions options) {
        options.get("--label");
        boolean makes = options.find("--subject").isPresent();
        boolean installs = options.find("--certificate").isPresent();
        boolean writes =
                options.find("--csr").isPresent() || options.find("--out").isPresent();
        if (!makes && !installs && !writes && !options.has(RESET_CLOCK)) {
            throw new UsageException(
                    "say --subject for a new key; for one that is there --csr, --certificate, --out or --reset-clock");
        }
        if (installs && (makes || options.find("--csr").isPresent())) {
            throw new UsageException("--subject and --csr come first, and --certificate when the CA has answered");
        }
        kind(options);
        options.find("--subject").ifPresent(TsaInitCommand::name);
    }

    private static KeyPairTemplate kind(GivenOptions options) {
        String kind = options.find("--key-type").orElse("rsa-3072");
        KeyPairTemplate template = KINDS.get(kind);
        if (template == null) {
            throw new UsageException("--key-type is rsa-3072, rsa-4096 or ec-p256");
        }
        return template;
    }

    private static X500Principal name(String text) {
        try {
            return new X500Principal(text);
        } catch (IllegalArgumentException e) {
            UsageException usage =
                    new UsageException("--subject is a name such as \"CN=Example Timestamps,O=Example,C=DE\"");
            usage.initCause(e);
            throw usage;
        }
    }

    @Override
    void work(GivenOptions options, Terminal terminal) {
        inSession(options, terminal, session -> {
            certify(options, new TsaKeys(session), terminal);
            if (options.has(RESET_CLOCK)) {
                Instant now = TimestampAuthority.resetClock(session, options.get("--label"));
                terminal.out().println("No time before " + now + " will be told");
            }
        });
    }

    private static void certify(GivenOptions options, TsaKeys keys, Terminal terminal) {
        String label = options.get("--label");
        options.find("--subject")
                .map(subject -> keys.make(label, kind(options), name(subject)))
                .ifPresent(certificate -> terminal.out().println(made(label, certificate)));
        options.find("--certificate").ifPresent(file -> {
            keys.install(label, PemFile.in(terminal, file).certificates());
            terminal.out().println("The key \"" + label + "\" has the certificate of " + file + " now");
        });
        options.find("--csr").ifPresent(file -> {
            PemFile.in(terminal, file).write("CERTIFICATE REQUEST", keys.request(label));
            terminal.out()
                    .println("Wrote a request to " + file + "; then: coffer tsa init --label " + label
                            + " --certificate FILE");
        });
        options.find("--out").ifPresent(file -> PemFile.in(terminal, file).write(keys.certificate(label)));
    }

    private static String made(String label, X509Certificate certificate) {
        return "Made the key \"" + label + "\" with a certificate of its own for \""
                + certificate.getSubjectX500Principal() + "\", valid until "
                + certificate.getNotAfter().toInstant();
    }
}
