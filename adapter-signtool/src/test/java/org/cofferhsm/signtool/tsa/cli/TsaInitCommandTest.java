package org.cofferhsm.signtool.tsa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.cofferhsm.hsm.cli.TestTerminal;
import org.cofferhsm.hsm.testing.TestModule;
import org.cofferhsm.signtool.signing.ModuleKeys;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.tsa.TimestampAuthority;
import org.cofferhsm.signtool.tsa.TsaRules;
import org.cofferhsm.signtool.verify.TrustedBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TsaInitCommandTest {
    private static final String SUBJECT = "CN=Example Timestamps,O=Example,C=DE";

    @TempDir
    private Path directory;

    private TestModule module;
    private TestTerminal terminal;

    @BeforeEach
    void create() {
        module = TestModule.create(directory.resolve("module"), "stamps");
        terminal = new TestTerminal(directory, module.environment("stamps"));
    }

    private int init(String... options) {
        return terminal.coffer(Stream.concat(Stream.of("tsa", "init", "--label", "tsa"), Stream.of(options))
                .toArray(String[]::new));
    }

    private X509Certificate certificate() {
        return module.as(
                "stamps", session -> new ModuleKeys(session).named("tsa").certificate());
    }

    @Test
    void makesAKeyAndACertificateThatTheAuthorityTakes() throws Exception {
        assertThat(init("--subject", SUBJECT, "--key-type", "ec-p256", "--out", "tsa.pem"))
                .as(terminal.complaints())
                .isZero();

        assertThat(terminal.written()).contains("Made the key \"tsa\"", "Example Timestamps");
        assertThat(TrustedBundle.certificates(directory.resolve("tsa.pem"))).isEqualTo(Set.of(certificate()));
        assertThat(module.<Boolean>as("stamps", session -> {
                    TimestampAuthority.open(session, "tsa", TsaRules.usual()).close();
                    return true;
                }))
                .isTrue();
    }

    @Test
    void tellsAnAdminThatKeysAreNotForAdmins() {
        TestTerminal admin = new TestTerminal(directory, module.environment("admin"));

        assertThat(admin.coffer("tsa", "init", "--label", "tsa", "--subject", SUBJECT))
                .isEqualTo(1);

        assertThat(admin.complaints()).contains("[ROLE_NOT_PERMITTED]").doesNotContain("[INTERNAL]");
    }

    @Test
    void hasTheCertificateIssuedByACa() throws Exception {
        assertThat(init("--subject", SUBJECT, "--key-type", "ec-p256", "--csr", "tsa.csr"))
                .as(terminal.complaints())
                .isZero();
        TestSigner ca = TestSigner.root();
        X509Certificate issued = TestCertificate.of("Example Timestamps", requested(directory.resolve("tsa.csr")))
                .forTimestamps(true)
                .issuedBy(ca);
        new TestSigner(ca.privateKey(), List.of(issued, ca.certificate())).writeChain(directory.resolve("issued.pem"));

        assertThat(init("--certificate", "issued.pem"))
                .as(terminal.complaints())
                .isZero();

        assertThat(certificate()).isEqualTo(issued);
    }

    private static PublicKey requested(Path file) throws Exception {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            PKCS10CertificationRequest request = (PKCS10CertificationRequest) parser.readObject();
            PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key)))
                    .isTrue();
            assertThat(request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest))
                    .hasSize(1);
            return key;
        }
    }

    @Test
    void refusesACertificateForCodeOrForAnotherKey() {
        assertThat(init("--subject", SUBJECT, "--key-type", "ec-p256")).isZero();
        X509Certificate before = certificate();
        TestSigner ca = TestSigner.root();
        PublicKey other = TestCertificate.ec("secp256r1").getPublic();
        write(ca, TestCertificate.of("Code", before.getPublicKey()).forCode(), "code.pem");
        write(ca, TestCertificate.of("Other", other).forTimestamps(true), "other.pem");

        assertThat(init("--certificate", "code.pem")).isOne();
        assertThat(init("--certificate", "other.pem")).isOne();

        assertThat(terminal.complaints()).contains("timeStamping", "for another key");
        assertThat(certificate()).isEqualTo(before);
    }

    private void write(TestSigner ca, TestCertificate certificate, String file) {
        ca.issue(ca.privateKey(), certificate).writeChain(directory.resolve(file));
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        assertThat(init()).isEqualTo(2);
        assertThat(init("--subject", "nonsense")).isEqualTo(2);
        assertThat(init("--subject", SUBJECT, "--key-type", "dsa")).isEqualTo(2);
        assertThat(init("--csr", "tsa.csr", "--key-type", "ec-p256")).isEqualTo(2);
        assertThat(init("--certificate", "a", "--csr", "b")).isEqualTo(2);
        assertThat(init("--what")).isEqualTo(2);
        assertThat(init("--csr")).isEqualTo(2);
        assertThat(init("--csr=nowhere")).isOne();
        assertThat(terminal.complaints())
                .contains("--subject", "CN=Example", "rsa-3072", "no option is called --what", "lacks its value");
        assertThat(init("--help")).isZero();
        assertThat(terminal.written()).contains("Usage: coffer tsa init", "--csr FILE");
    }
}
