package org.cofferhsm.signtool.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.SignatureWriter;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.signing.ModuleKeys;
import org.cofferhsm.signtool.timestamp.Rfc3161Source;
import org.cofferhsm.signtool.timestamp.TimestampException;
import org.cofferhsm.signtool.timestamp.TimestampRules;
import org.cofferhsm.signtool.timestamp.TimestampServer;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaKeys;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.cofferhsm.signtool.tsa.TsaServer;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;

/**
 * A Windows library that nobody here wrote (JNA's), signed by a key in the module and timestamped by an authority whose
 * key is there too.
 */
record SignedProgram(Path directory) {

    private static final String LIBRARY = "com/sun/jna/win32-x86-64/jnidispatch.dll";
    private static final String AUTHORITY = "quickstart-timestamps";
    private static final X500Principal AUTHORITY_NAME = new X500Principal("CN=Coffer Quickstart Timestamps, O=Example");

    StepFile file() {
        return new StepFile(directory.resolve("library-signed.dll"));
    }

    private StepFile roots() {
        return new StepFile(directory.resolve("trusted.pem"));
    }

    /** Makes the file, unless one of an earlier run is still good. */
    void make(Session session, String alias) {
        ModuleKey key = new ModuleKeys(session).named(alias);
        Set<X509Certificate> trusted = Set.of(key.certificate(), authority(session));
        roots().write(trusted.stream()
                .map(SignedProgram::pem)
                .sorted()
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII));
        if (!file().exists() || !verifies(file().path(), trusted)) {
            file().make(part -> sign(part, key, session));
        }
        if (!verifies(file().path(), trusted)) {
            throw HsmException.internal("the signature of " + file().path() + " does not verify");
        }
    }

    private static X509Certificate authority(Session session) {
        return new ModuleKeys(session)
                .list().stream()
                        .filter(key -> key.alias().equals(AUTHORITY))
                        .map(ModuleKey::certificate)
                        .findFirst()
                        .orElseGet(() ->
                                new TsaKeys(session).make(AUTHORITY, KeyPairTemplate.ec(Curve.P256), AUTHORITY_NAME));
    }

    private static boolean verifies(Path file, Set<X509Certificate> trusted) {
        try {
            return new Verifier(VerificationPolicy.trusting(trusted, Instant.now()))
                    .verify(file)
                    .passed();
        } catch (IOException | HsmException e) {
            return false; // damaged since an earlier run
        }
    }

    private static void sign(Path file, ModuleKey key, Session session) {
        try (InputStream library = SignedProgram.class.getClassLoader().getResourceAsStream(LIBRARY)) {
            if (library == null) {
                throw new IOException("the library " + LIBRARY + " is missing");
            }
            Files.write(file, library.readAllBytes());
            PreparedSignature prepared = prepare(file, key);
            SignatureWriter.replace(file, stamped(prepared.complete(key.sign(prepared)), session));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot write " + file + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static PreparedSignature prepare(Path file, ModuleKey key) throws IOException {
        try (OpenFile open = OpenFile.read(file)) {
            return SignatureTemplate.of(key.chain(), DigestAlgorithm.SHA256)
                    .prepare(open.content()
                            .content(ContentOptions.of(DigestAlgorithm.SHA256).withPageHashes()));
        }
    }

    /** The authority answers by HTTP, as it would on another machine, and only until this is done. */
    private static AuthenticodeSignature stamped(AuthenticodeSignature signature, Session session) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TimestampAuthority authority = TimestampAuthority.open(session, AUTHORITY, TsaRules.usual());
                TsaServer server = TsaServer.start(authority, anyPort, 1)) {
            String url = "http://127.0.0.1:" + server.address().getPort() + "/";
            return new Rfc3161Source(TimestampServer.at(url), DigestAlgorithm.SHA256, TimestampRules.ANY_AUTHORITY)
                    .stamp(signature);
        } catch (TimestampException e) {
            throw HsmException.internal("no timestamp from the module's own authority: " + e.reason())
                    .causedBy(e);
        }
    }

    /** Has osslsigncode verify it, where that is installed; gives its name. */
    Optional<String> checkElsewhere() {
        return OutsideProgram.find("osslsigncode").map(program -> {
            String trusted = roots().path().toString();
            program.run(
                            "verify",
                            "-CAfile",
                            trusted,
                            "-TSA-CAfile",
                            trusted,
                            "-ignore-cdp",
                            "-in",
                            file().path().toString())
                    .orComplain("osslsigncode does not accept " + file().path());
            return "osslsigncode";
        });
    }

    private static String pem(X509Certificate certificate) {
        try {
            String lines = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw HsmException.internal("a certificate cannot be written").causedBy(e);
        }
    }
}
