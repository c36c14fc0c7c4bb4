package org.cofferhsm.signtool.tsa.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.spi.Terminal;
import org.cofferhsm.signtool.tsa.TsaKeys;

/** {@code coffer tsa init}: makes an authority's key and certificate, or gets the certificate from a CA in two steps. */
public final class TsaInitCommand extends TsaCommand {

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
        return Set.of();
    }

    @Override
    List<String> help() {
        return List.of(
                "  --label LABEL           the key",
                "  --subject NAME          make a key, and a certificate for this name that it signs itself",
                "  --key-type KIND         of the new key: rsa-3072 (usual), rsa-4096 or ec-p256",
                "  --csr FILE              write a certificate request (PKCS#10, PEM) for a CA",
                "  --certificate FILE      put the certificate that the CA issued, and its chain (PEM), beside the key",
                "  --out FILE              write the certificate (PEM), for those who shall trust it");
    }

    @Override
    void check(GivenOptions options) {
        options.get("--label");
        if (options.find("--subject").isPresent()
                        == options.find("--certificate").isPresent()
                && options.find("--csr").isEmpty()) {
            throw new UsageException("say one of --subject (a new key), --csr and --certificate (an existing one)");
        }
        if (options.find("--certificate").isPresent() && options.find("--csr").isPresent()) {
            throw new UsageException("--csr comes first, and --certificate when the CA has answered");
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
        inSession(options, terminal, session -> init(options, new TsaKeys(session), terminal));
    }

    private static void init(GivenOptions options, TsaKeys keys, Terminal terminal) {
        String label = options.get("--label");
        Optional<X509Certificate> made =
                options.find("--subject").map(subject -> keys.make(label, kind(options), name(subject)));
        made.ifPresent(certificate -> terminal.out()
                .println("Made the key \"" + label + "\" with a certificate of its own for \""
                        + certificate.getSubjectX500Principal() + "\", valid until "
                        + certificate.getNotAfter().toInstant()));
        options.find("--certificate").ifPresent(file -> {
            keys.install(label, read(path(terminal, file)));
            terminal.out().println("The key \"" + label + "\" has the certificate of " + file + " now");
        });
        options.find("--csr").ifPresent(file -> {
            write(path(terminal, file), "CERTIFICATE REQUEST", keys.request(label));
            terminal.out()
                    .println("Wrote a request to " + file + "; then: coffer tsa init --label " + label
                            + " --certificate FILE");
        });
        options.find("--out")
                .ifPresent(file -> write(path(terminal, file), "CERTIFICATE", encoded(keys.certificate(label))));
    }

    private static Path path(Terminal terminal, String file) {
        return terminal.workingDirectory().resolve(file).normalize();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw HsmException.internal("a certificate cannot be encoded").causedBy(e);
        }
    }

    private static void write(Path file, String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        try {
            Files.writeString(file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot write " + file + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static List<X509Certificate> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw HsmException.dataInvalid(file + " holds no certificate: PEM or DER is expected");
            }
            return chain;
        } catch (IOException | CertificateException e) {
            throw HsmException.dataInvalid(file + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
