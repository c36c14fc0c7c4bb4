package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedBundleTest {
    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));

    @TempDir
    private Path directory;

    @Test
    void readsAllCertificatesOfAPemFile() throws Exception {
        Path file = SIGNER.writeChain(directory.resolve("chain.pem"));

        assertThat(TrustedBundle.certificates(file)).containsExactlyInAnyOrder(SIGNER.certificate(), SIGNER.anchor());
    }

    @Test
    void readsADerFile() throws Exception {
        Path file = Files.write(directory.resolve("root.der"), SIGNER.anchor().getEncoded());

        assertThat(TrustedBundle.certificates(file)).containsExactly(SIGNER.anchor());
    }

    @Test
    void refusesAFileThatHoldsNone() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        Path garbage = Files.writeString(
                directory.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertRefused(Reason.DATA_INVALID, () -> TrustedBundle.certificates(empty))
                .hasMessageContaining("empty.pem");
        assertRefused(Reason.DATA_INVALID, () -> TrustedBundle.certificates(garbage))
                .hasMessageContaining("garbage.pem");
        assertRefused(Reason.DATA_INVALID, () -> TrustedBundle.crls(empty));
    }
}
