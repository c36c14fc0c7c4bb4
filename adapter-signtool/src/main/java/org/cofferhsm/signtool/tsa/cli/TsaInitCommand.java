package org.cofferhsm.signtool.tsa.cli;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SessionCommand;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaKeys;

/** {@code coffer tsa init}: makes an authority's key and certificate, or gets the certificate from a CA in two steps. */
public final class TsaInitCommand extends SessionCommand {

    private static final String RESET_CLOCK = "reset-clock";

    private static final Map<String, KeyPairTemplate> KINDS = Map.of(
            "rsa-3072", KeyPairTemplate.rsa(3072),
            "rsa-4096", KeyPairTemplate.rsa(4096),
            "ec-p256", KeyPairTemplate.ec(Curve.P256));

    public TsaInitCommand() {
        super(
                "tsa init",
                "Make the key and certificate of a timestamp authority, or have the certificate issued by a CA");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("label", "LABEL", "the key")
                .value("subject", "NAME", "make a key, and a certificate for this name that it signs itself")
                .value("key-type", "KIND", "of the new key: rsa-3072 (usual), rsa-4096 or ec-p256")
                .value("csr", "FILE", "write a certificate request (PKCS#10, PEM) for a CA")
                .value(
                        "certificate",
                        "FILE",
                        "put the certificate that the CA issued, and its chain (PEM), beside the key")
                .value("out", "FILE", "write the certificate (PEM), for those who shall trust it")
                .flag(RESET_CLOCK, "forget the last time that was given: the clock was far ahead then");
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        boolean makes = invocation.has("subject");
        boolean installs = invocation.has("certificate");
        boolean writes = invocation.has("csr") || invocation.has("out");
        if (!makes && !installs && !writes && !invocation.has(RESET_CLOCK)) {
            throw new UsageException(
                    "say --subject for a new key; for one that is there --csr, --certificate, --out or --reset-clock");
        }
        if (installs && (makes || invocation.has("csr"))) {
            throw new UsageException("--subject and --csr come first, and --certificate when the CA has answered");
        }
        if (invocation.has("key-type") && !makes) {
            throw new UsageException("--key-type is of the key that --subject makes");
        }
        kind(invocation);
        invocation.find("subject").ifPresent(TsaInitCommand::name);
    }

    private static KeyPairTemplate kind(Invocation invocation) {
        String kind = invocation.find("key-type").orElse("rsa-3072");
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
            throw new UsageException("--subject is a name such as \"CN=Example Timestamps,O=Example,C=DE\"", e);
        }
    }

    @Override
    protected Answer answer(Invocation invocation, Session session) {
        String label = invocation.get("label");
        List<String> done = certify(invocation, label, new TsaKeys(session));
        if (invocation.has(RESET_CLOCK)) {
            Instant now = TimestampAuthority.resetClock(session, label);
            done.add("No time before " + now + " will be told");
        }
        return Answer.of(
                () -> new Fields().with("label", label).with("done", done).map(), width -> done);
    }

    private static List<String> certify(Invocation invocation, String label, TsaKeys keys) {
        List<String> done = new ArrayList<>();
        invocation
                .find("subject")
                .map(subject -> keys.make(label, kind(invocation), name(subject)))
                .ifPresent(certificate -> done.add(made(label, certificate)));
        invocation.findPath("certificate").map(PemFile::new).ifPresent(file -> {
            keys.install(label, file.certificates());
            done.add("The key \"" + label + "\" has the certificate of " + file.path() + " now");
        });
        invocation.findPath("csr").map(PemFile::new).ifPresent(file -> {
            file.write("CERTIFICATE REQUEST", keys.request(label));
            done.add("Wrote a request to " + file.path() + "; then: coffer tsa init --label " + label
                    + " --certificate FILE");
        });
        invocation.findPath("out").map(PemFile::new).ifPresent(file -> file.write(keys.certificate(label)));
        return done;
    }

    private static String made(String label, X509Certificate certificate) {
        return "Made the key \"" + label + "\" with a certificate of its own for \""
                + certificate.getSubjectX500Principal() + "\", valid until "
                + certificate.getNotAfter().toInstant();
    }
}
