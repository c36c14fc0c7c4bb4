package org.cofferhsm.signtool.authenticode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticodeSignatureTest {
    private static final TestSigner SIGNER = TestSigner.ofCode(TestCertificate.ec("secp256r1"));
    private static final SignedContent CONTENT = SignedContent.of(new SpcIndirectData(
            AuthenticodeOids.PE_IMAGE_DATA,
            Optional.of(new SpcPeImageData(Optional.empty()).toAsn1()),
            DigestAlgorithm.SHA256,
            Octets.of(new byte[32])));

    private static AuthenticodeSignature signature(SignatureTemplate template) {
        PreparedSignature prepared = template.prepare(CONTENT);
        return prepared.complete(SIGNER.sign(prepared));
    }

    private static AuthenticodeSignature signature() {
        return signature(SignatureTemplate.of(SIGNER.chain(), DigestAlgorithm.SHA256));
    }

    @Test
    void saysWhatTheTemplateSaid() {
        SignatureTemplate template = SignatureTemplate.of(SIGNER.chain(), DigestAlgorithm.SHA256)
                .describedBy(new SpcOpusInfo(Optional.of("Größe ☃"), Optional.of("https://example.test/?a=b")))
                .stating("1.2.3.4", "built by us");

        AuthenticodeSignature read =
                AuthenticodeSignature.parse(signature(template).encoded());

        assertThat(read.opusInfo()).isEqualTo(template.opusInfo());
        assertThat(template.statements()).isEqualTo(Map.of("1.2.3.4", "built by us"));
        assertThat(read.signedValue(new ASN1ObjectIdentifier("1.2.3.4")))
                .hasValueSatisfying(
                        value -> assertThat(ASN1UTF8String.getInstance(value).getString())
                                .isEqualTo("built by us"));
        assertThat(read.content()).isEqualTo(CONTENT);
        assertThat(read.signerCertificate()).contains(SIGNER.certificate());
    }

    @Test
    void preparesTheSameBytesEachTime() {
        SignatureTemplate template = SignatureTemplate.of(SIGNER.chain(), DigestAlgorithm.SHA384);

        assertThat(template.prepare(CONTENT).encoded())
                .isEqualTo(template.prepare(CONTENT).encoded());
        assertThat(template.prepare(CONTENT).digestToBeSigned()).hasSize(48);
    }

    @Test
    void keepsWhatOthersEncodedWhenItAddsSomething() {
        AuthenticodeSignature plain = signature();

        AuthenticodeSignature nested = AuthenticodeSignature.parse(
                plain.withNested(plain).withRestoration(Octets.of((byte) 1)).encoded());

        assertThat(nested.nested()).hasSize(1);
        assertThat(nested.nested().get(0).encoded()).isEqualTo(plain.encoded());
        assertThat(nested.restoration()).contains(Octets.of((byte) 1));
        assertThat(nested.withAllNested(List.of()).nested()).isEmpty();
        assertThat(nested.withoutUnsigned().restoration()).contains(Octets.of((byte) 1));
        assertThat(nested.withoutOtherCertificates().certificates()).containsExactly(SIGNER.certificate());
    }

    /** Found by fuzzing: an attribute whose values are a sequence instead of a set. */
    @Test
    void refusesMalformedUnsignedAttributesAtOnce() {
        SignerInfo good = signature().signerInfo();
        ASN1Sequence attribute = new DERSequence(AuthenticodeOids.RESTORATION, new DERSequence());
        SignerInfo bad = new SignerInfo(
                good.getSID(),
                good.getDigestAlgorithm(),
                good.getAuthenticatedAttributes(),
                good.getDigestEncryptionAlgorithm(),
                good.getEncryptedDigest(),
                new DERSet(attribute));

        assertRefused(Reason.DATA_INVALID, () -> AuthenticodeSignature.parse(encoded(new DERSet(bad))));
    }

    @Test
    void refusesSeveralSigners() {
        SignerInfo signer = signature().signerInfo();
        SignerInfo other = signature().signerInfo();

        assertRefused(Reason.DATA_INVALID, () -> AuthenticodeSignature.parse(encoded(new DERSet())));
        assertRefused(
                Reason.DATA_INVALID,
                () -> AuthenticodeSignature.parse(encoded(new DERSet(new SignerInfo[] {signer, other}))));
    }

    /** Comparing names part by part, in any order, takes the square of their lengths. */
    @Test
    void comparesNamesOfAnyLengthAtOnce() throws Exception {
        X509Certificate certificate = issuedBy(name(20_000, 1));
        SignerIdentifier other = new SignerIdentifier(new IssuerAndSerialNumber(name(20_000, 7919), BigInteger.ONE));

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(EmbeddedCertificates.of(other, List.of(certificate)))
                        .isEmpty());
    }

    private static X500Name name(int parts, int step) {
        X500NameBuilder name = new X500NameBuilder();
        for (int i = 0; i < parts; i++) {
            name.addRDN(BCStyle.OU, "unit " + (long) i * step % parts);
        }
        return name.build();
    }

    private static X509Certificate issuedBy(X500Name issuer) throws Exception {
        Date now = new Date();
        KeyPair pair = TestCertificate.ec("secp256r1");
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                issuer, BigInteger.ONE, now, now, new X500Name("CN=Example"), pair.getPublic())
                        .build(signer));
    }

    static Stream<ASN1Encodable> incomplete() {
        ASN1Integer version = new ASN1Integer(1);
        DERSequence content = new DERSequence(PKCSObjectIdentifiers.data);
        return Stream.of(new DERSequence(), new DERSequence(version), new DERSequence(new ASN1Encodable[] {
            version, new DERSet(), content, new DERSet(new DERSequence())
        }));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void refusesWhatEndsBeforeItsLastField(ASN1Encodable data) {
        byte[] encoded = Decoding.der(new ContentInfo(PKCSObjectIdentifiers.signedData, data));

        assertRefused(Reason.DATA_INVALID, () -> AuthenticodeSignature.parse(encoded));
    }

    @Test
    void refusesADigestThatIsNotThere() {
        DERSequence type = new DERSequence(AuthenticodeOids.PE_IMAGE_DATA);

        assertRefused(Reason.DATA_INVALID, () -> SpcIndirectData.parse(new DERSequence(type, new DERSequence())));
    }

    private static byte[] encoded(DERSet signers) {
        SignedData data = new SignedData(
                new ASN1Integer(1),
                new DERSet(DigestAlgorithm.SHA256.identifier()),
                CONTENT.toAsn1(),
                null,
                null,
                signers);
        return Decoding.der(new ContentInfo(PKCSObjectIdentifiers.signedData, data));
    }
}
