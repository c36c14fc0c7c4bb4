package org.cofferhsm.signtool.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SpcTimestampRequest;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.LoopbackServer;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuthenticodeSourceTest {
    private static final TestSigner ROOT = TestSigner.root();
    private static final TestAuthority AUTHORITY = TestAuthority.under(ROOT);
    private static final TimestampRules RULES = TimestampRules.ANY_AUTHORITY.trusting(Set.of(ROOT.anchor()));

    private AuthenticodeSignature signature;

    @BeforeEach
    void sign(@TempDir Path directory) throws Exception {
        Path file = TinyPe.withOverlay(3).write(directory.resolve("tiny.exe"));
        signature = TestSigner.ofCode(TestCertificate.ec("secp256r1"))
                .signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
    }

    private static LoopbackServer server(LoopbackServer.Answering answering) throws Exception {
        return LoopbackServer.answering(
                "text/plain",
                request -> Base64.getMimeEncoder()
                        .encode(answering.to(SpcTimestampRequest.parse(
                                        Base64.getMimeDecoder().decode(request))
                                .value())));
    }

    private static AuthenticodeSource source(LoopbackServer server) {
        return new AuthenticodeSource(TimestampServer.at(server.url()).within(Duration.ofSeconds(20), 20_000), RULES);
    }

    private String reason(LoopbackServer.Answering answering) throws Exception {
        try (LoopbackServer server = server(answering)) {
            TimestampException refusal = catchThrowableOfType(
                    TimestampException.class, () -> source(server).stamp(signature));
            assertThat(refusal).hasMessage(TimestampException.SIGNTOOL_MESSAGE);
            return refusal.reason();
        }
    }

    /** A SignedData over a value, whose signer is the countersignature. */
    private static byte[] answer(byte[] content, SignerInfo counterSignature) throws Exception {
        ASN1Set certificates =
                new DERSet(new JcaX509CertificateHolder(AUTHORITY.signer().certificate()).toASN1Structure());
        SignedData data = new SignedData(
                new DERSet(DigestAlgorithm.SHA256.identifier()),
                new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(content)),
                certificates,
                null,
                new DERSet(counterSignature));
        return new ContentInfo(PKCSObjectIdentifiers.signedData, data).getEncoded();
    }

    private static byte[] good(byte[] value) throws Exception {
        return answer(value, AUTHORITY.counterSignature(value, Instant.now()));
    }

    @Test
    void putsAGoodCountersignatureIntoTheSignature() throws Exception {
        try (LoopbackServer server = server(AuthenticodeSourceTest::good)) {
            AuthenticodeSignature stamped = source(server).stamp(signature);

            assertThat(stamped.counterSignatures()).hasSize(1);
            assertThat(stamped.certificates()).contains(AUTHORITY.signer().certificate());
            assertThat(stamped.timestampTokens()).isEmpty();
        }
    }

    @Test
    void replacesTheTimestampThatWasThere() throws Exception {
        AuthenticodeSignature before =
                signature.withTimestampToken(AUTHORITY.token(signature.signatureValue(), Instant.now()));
        try (LoopbackServer server = server(AuthenticodeSourceTest::good)) {
            AuthenticodeSignature stamped = source(server).stamp(before);

            assertThat(stamped.counterSignatures()).hasSize(1);
            assertThat(stamped.timestampTokens()).isEmpty();
        }
    }

    @Test
    void refusesACountersignatureWithAFlippedBit() throws Exception {
        assertThat(reason(value -> {
                    byte[] answer = good(value);
                    answer[answer.length - 1] ^= 1;
                    return answer;
                }))
                .contains("was not made by the key");
    }

    @Test
    void refusesACountersignatureOfSomethingElse() throws Exception {
        byte[] other = {9};
        assertThat(reason(value -> answer(other, AUTHORITY.counterSignature(other, Instant.now()))))
                .contains("something else");
        assertThat(reason(value -> answer(value, AUTHORITY.counterSignature(other, Instant.now()))))
                .contains("not to be believed");
    }

    @Test
    void refusesATimeThatIsNotNow() throws Exception {
        Instant old = Instant.now().minus(Duration.ofMinutes(10));
        assertThat(reason(value -> answer(value, AUTHORITY.counterSignature(value, old))))
                .contains("seconds apart");
    }

    @Test
    void refusesWhatIsNoSignedData() throws Exception {
        assertThat(reason(value -> new byte[] {0x30, 0})).contains("malformed");
        try (LoopbackServer server = LoopbackServer.answering(
                "text/html", request -> "<html>=hello</html>".getBytes(StandardCharsets.UTF_8))) {
            assertThat(catchThrowableOfType(
                                    TimestampException.class,
                                    () -> source(server).stamp(signature))
                            .reason())
                    .isNotEmpty();
        }
    }

    @Test
    void keepsTheNestedSignatures() throws Exception {
        AuthenticodeSignature outer = signature.withNested(signature);
        try (LoopbackServer server = server(AuthenticodeSourceTest::good)) {
            assertThat(source(server).stamp(outer).nested())
                    .extracting(AuthenticodeSignature::encoded)
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(signature.encoded());
        }
    }
}
