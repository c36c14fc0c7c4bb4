package org.cofferhsm.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpensslVerifyTest {
    @TempDir
    private Path directory;

    private Path write(String name, X509Certificate certificate) throws IOException {
        return Files.writeString(directory.resolve(name), CertificateText.of(certificate));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsAServersCertificate(RootKey kind, @TempDir Path home) throws Exception {
        Interop.program("openssl");
        byte[] request = TestRequest.of(TestRequest.ec("secp256r1"), "payroll.example.test")
                .signed("SHA256withECDSA");
        X509Certificate[] chain = TestModule.create(home, "ca").as("ca", session -> {
            CertificateAuthority authority =
                    CertificateAuthority.create(session, "root", new X500Principal("CN=Example Root"), kind);
            return new X509Certificate[] {
                authority.certificate(), authority.issue(request, CertificateProfile.WEB_SERVER)
            };
        });
        String root = write("root.pem", chain[0]).toString();
        String leaf = write("leaf.pem", chain[1]).toString();

        String options = "verify -x509_strict -purpose sslserver -verify_hostname payroll.example.test -CAfile";
        OutsideProgram.Finished verified =
                OutsideProgram.find("openssl").orElseThrow().run((options + " " + root + " " + leaf).split(" "));

        assertThat(verified.status()).as(verified.messages()).isZero();
    }
}
