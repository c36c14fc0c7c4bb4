package org.cofferhsm.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.bouncycastle.asn1.x509.GeneralName;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateRequestTest {
    private static KeyPair pair;

    @BeforeAll
    static void makeKey() throws Exception {
        pair = TestRequest.rsa(2048);
    }

    private static byte[] request(GeneralName... names) throws Exception {
        return new TestRequest("CN=payroll.example.test", pair, names).signed(TestRequest.RSA);
    }

    private static byte[] text(byte[] der, String kind) {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return ("Subject: whatever tools write before it\n-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void readsSubjectKeyAndNames() throws Exception {
        CertificateRequest read = CertificateRequest.read(request(
                new GeneralName(GeneralName.dNSName, "payroll.example.test"),
                new GeneralName(GeneralName.dNSName, "*.payroll.example.test"),
                new GeneralName(GeneralName.iPAddress, "192.0.2.7"),
                new GeneralName(GeneralName.iPAddress, "2001:db8::7")));

        assertThat(read.subject()).hasToString("CN=payroll.example.test");
        assertThat(read.publicKey().getEncoded()).isEqualTo(pair.getPublic().getEncoded());
        assertThat(read.names().getNames()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"})
    void readsText(String kind) throws Exception {
        byte[] der = request();

        assertThat(CertificateRequest.read(text(der, kind))).isEqualTo(CertificateRequest.read(der));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void acceptsEllipticCurves(String curve) throws Exception {
        byte[] request = TestRequest.of(TestRequest.ec(curve)).signed("SHA256withECDSA");

        assertThat(CertificateRequest.read(request).names().getNames()).isEmpty();
    }

    @Test
    void acceptsEd25519() throws Exception {
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        byte[] request = TestRequest.of(edwards).signed("Ed25519");

        assertThat(CertificateRequest.read(request).publicKey().getEncoded())
                .isEqualTo(edwards.getPublic().getEncoded());
    }

    @Test
    void refusesARequestSignedByAnotherKey() throws Exception {
        byte[] request = TestRequest.of(pair).signedBy(TestRequest.rsa(2048), TestRequest.RSA);

        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(request))
                .hasMessageContaining("not by the key in it");
    }

    @Test
    void refusesARequestWhoseSubjectWasChanged() throws Exception {
        byte[] request = request();
        int at = new String(request, StandardCharsets.ISO_8859_1).indexOf("payroll");
        request[at] = 'q';

        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(request))
                .hasMessageContaining("not by the key in it");
    }

    @Test
    void refusesWeakKeys() throws Exception {
        byte[] request = TestRequest.of(TestRequest.rsa(1024)).signed(TestRequest.RSA);

        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(request))
                .hasMessageContaining("2048");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "-x.test", "a..b", "*", "x.*.test", "*.*.test", "http://x", "x\0.test", "x.test."})
    void refusesNamesThatAreNoDnsNames(String name) throws Exception {
        byte[] request = request(new GeneralName(GeneralName.dNSName, name));

        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(request))
                .hasMessageContaining("does not certify");
    }

    @Test
    void refusesOtherKindsOfNames() throws Exception {
        byte[] request = request(new GeneralName(GeneralName.rfc822Name, "ceo@example.test"));

        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(request));
    }

    @Test
    void refusesTooManyNames() throws Exception {
        GeneralName[] names = new GeneralName[101];
        Arrays.fill(names, new GeneralName(GeneralName.dNSName, "x.test"));

        byte[] request = request(names);

        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "hello", "-----BEGIN CERTIFICATE REQUEST-----\n!\n-----END CERTIFICATE REQUEST-----"})
    void refusesWhatIsNoRequest(String text) {
        assertRefused(Reason.DATA_INVALID, () -> CertificateRequest.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAHugeFileUnread() {
        assertRefused(Reason.DATA_LENGTH_RANGE, () -> CertificateRequest.read(new byte[70_000]));
    }

    /** Whatever the network sends: a refusal, never another exception, and nothing else is certified. */
    @Test
    void refusesEveryDamagedRequest() throws Exception {
        Random random = new Random(20261122);
        byte[] valid = request(new GeneralName(GeneralName.dNSName, "payroll.example.test"));
        CertificateRequest undamaged = CertificateRequest.read(valid);

        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = valid.clone();
            damaged[random.nextInt(valid.length)] ^= (byte) (1 + random.nextInt(255));
            byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(valid.length)) : damaged;
            try {
                assertThat(CertificateRequest.read(cut)).isEqualTo(undamaged);
            } catch (HsmException e) {
                assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
            }
        }
    }
}
