package org.cofferhsm.signtool.authenticode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERNull;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.testing.TestAuthority;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.verify.VerificationPolicy;
import org.cofferhsm.signtool.verify.Verifier;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a signature is made of, reading, verifying and changing it ends in a value or in DATA_INVALID. */
class AuthenticodeSignatureFuzzTest {
    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final Verifier VERIFIER =
            new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()));

    static Stream<byte[]> signatures() throws Exception {
        TestAuthority authority = TestAuthority.under(TestSigner.root());
        AuthenticodeSignature plain = signature();
        byte[] token = authority.token(plain.signatureValue(), Instant.EPOCH);
        AuthenticodeSignature countersigned = plain.withCounterSignature(
                authority.counterSignature(plain.signatureValue(), Instant.EPOCH),
                authority.signer().chain());
        return Stream.of(plain, plain.withTimestampToken(token).withNested(plain), countersigned)
                .map(AuthenticodeSignature::encoded);
    }

    private static AuthenticodeSignature signature() {
        SpcIndirectData data = new SpcIndirectData(
                AuthenticodeOids.PE_IMAGE_DATA,
                Optional.of(DERNull.INSTANCE),
                DigestAlgorithm.SHA256,
                Octets.of(new byte[32]));
        PreparedSignature prepared = SignatureTemplate.of(SIGNER.chain(), DigestAlgorithm.SHA256)
                .describedBy(new SpcOpusInfo(Optional.of("Example"), Optional.of("https://example.test/")))
                .prepare(SignedContent.of(data));
        return prepared.complete(SIGNER.sign(prepared));
    }

    @MethodSource("signatures")
    @FuzzTest
    void survivesAnything(byte[] encoded) throws IOException {
        try {
            AuthenticodeSignature signature = AuthenticodeSignature.parse(encoded);
            assertThat(VERIFIER.verify(0, signature, AuthenticodeSignatureFuzzTest::check)
                            .signature())
                    .isSameAs(signature);
            assertThat(signature.opusInfo()).isNotNull();
            assertThat(signature.withoutOtherCertificates().withoutUnsigned().encoded())
                    .isNotEmpty();
        } catch (HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
        }
    }

    private static ContentCheck check(AuthenticodeSignature signature) {
        SpcIndirectData data = signature.content().indirectData().orElseThrow(() -> HsmException.dataInvalid("none"));
        Optional<PageHashes> pages = data.value().map(SpcPeImageData::parse).flatMap(SpcPeImageData::pageHashes);
        return ContentCheck.of(
                data.algorithm(), data.digest(), pages.map(PageHashes::table).orElse(Octets.EMPTY));
    }
}
