package org.cofferhsm.signtool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.testing.TestCertificate;
import org.cofferhsm.signtool.testing.TestSigner;
import org.cofferhsm.signtool.testing.TinyPe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signers whose statements are properly signed, but say too little, too much or something else. */
class SignerCheckTest {
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestSigner SIGNER = TestSigner.ofCode(RSA);
    private static final ASN1ObjectIdentifier MD5 = PKCSObjectIdentifiers.md5;

    @TempDir
    private Path directory;

    private Path file;
    private AuthenticodeSignature honest;

    @BeforeEach
    void sign() throws Exception {
        file = TinyPe.withOverlay(0).write(directory.resolve("tiny.exe"));
        honest = SIGNER.signature(file, ContentOptions.of(DigestAlgorithm.SHA256));
    }

    private List<Problem.Kind> problems(AuthenticodeSignature signature) throws Exception {
        ForgedFile.withSignature(file, signature);
        return new Verifier(VerificationPolicy.trusting(Set.of(SIGNER.anchor()), Instant.now()))
                .verify(file).signatures().stream()
                        .flatMap(one -> one.problems().stream())
                        .map(Problem::kind)
                        .toList();
    }

    /** Signs these attributes as the honest signer would have. */
    private AuthenticodeSignature signing(UnaryOperator<List<Attribute>> change) {
        List<Attribute> attributes = new ArrayList<>();
        for (ASN1Encodable one : honest.signerInfo().getAuthenticatedAttributes()) {
            attributes.add(Attribute.getInstance(one));
        }
        ASN1Set changed = new DERSet(change.apply(attributes).toArray(ASN1Encodable[]::new));
        SignerInfo old = honest.signerInfo();
        return ForgedFile.withSigner(
                honest,
                new SignerInfo(
                        old.getSID(),
                        old.getDigestAlgorithm(),
                        changed,
                        old.getDigestEncryptionAlgorithm(),
                        new DEROctetString(SIGNER.sign(DigestAlgorithm.SHA256, Decoding.der(changed))),
                        (ASN1Set) null));
    }

    private AuthenticodeSignature without(ASN1ObjectIdentifier type) {
        return signing(all -> {
            all.removeIf(one -> one.getAttrType().equals(type));
            return all;
        });
    }

    private AuthenticodeSignature and(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        return signing(all -> {
            all.add(new Attribute(type, new DERSet(values)));
            return all;
        });
    }

    private AuthenticodeSignature by(ASN1ObjectIdentifier digest, ASN1ObjectIdentifier scheme) {
        SignerInfo old = honest.signerInfo();
        return ForgedFile.withSigner(
                honest,
                new SignerInfo(
                        old.getSID(),
                        new AlgorithmIdentifier(digest),
                        old.getAuthenticatedAttributes(),
                        new AlgorithmIdentifier(scheme),
                        old.getEncryptedDigest(),
                        (ASN1Set) null));
    }

    @Test
    void acceptsTheHonestOne() throws Exception {
        assertThat(problems(signing(all -> all))).isEmpty();
    }

    @Test
    void refusesAttributesThatDoNotNameTheContent() throws Exception {
        assertThat(problems(without(CMSAttributes.contentType))).containsExactly(Problem.Kind.SIGNATURE_INVALID);
        assertThat(problems(without(CMSAttributes.messageDigest))).containsExactly(Problem.Kind.SIGNATURE_INVALID);
    }

    @Test
    void refusesAnAttributeThatIsThereTwice() throws Exception {
        ASN1Encodable other = new DEROctetString(new byte[32]);

        assertThat(problems(and(CMSAttributes.messageDigest, other))).containsExactly(Problem.Kind.MALFORMED);
        assertThat(problems(and(CMSAttributes.contentType, PKCSObjectIdentifiers.data)))
                .containsExactly(Problem.Kind.MALFORMED);
    }

    @Test
    void refusesAttributesOfAnotherKindOfContent() throws Exception {
        AuthenticodeSignature data = signing(all -> {
            all.removeIf(one -> one.getAttrType().equals(CMSAttributes.contentType));
            all.add(new Attribute(CMSAttributes.contentType, new DERSet(PKCSObjectIdentifiers.data)));
            return all;
        });

        assertThat(problems(data)).containsExactly(Problem.Kind.SIGNATURE_INVALID);
    }

    @Test
    void refusesASignatureWithoutAttributes() throws Exception {
        SignerInfo old = honest.signerInfo();
        byte[] content = honest.content().encoded().toByteArray();
        SignerInfo bare = new SignerInfo(
                old.getSID(),
                old.getDigestAlgorithm(),
                (ASN1Set) null,
                old.getDigestEncryptionAlgorithm(),
                new DEROctetString(SIGNER.sign(DigestAlgorithm.SHA256, content)),
                (ASN1Set) null);

        assertThat(problems(ForgedFile.withSigner(honest, bare))).contains(Problem.Kind.SIGNATURE_INVALID);
    }

    @Test
    void refusesOtherAlgorithmsThanTheSignersOwn() throws Exception {
        ASN1ObjectIdentifier sha256 = DigestAlgorithm.SHA256.oid();

        assertThat(problems(by(MD5, PKCSObjectIdentifiers.rsaEncryption))).containsExactly(Problem.Kind.ALGORITHM_WEAK);
        assertThat(problems(by(DigestAlgorithm.SHA1.oid(), PKCSObjectIdentifiers.rsaEncryption)))
                .contains(Problem.Kind.SIGNATURE_INVALID);
        assertThat(problems(by(sha256, PKCSObjectIdentifiers.sha1WithRSAEncryption)))
                .containsExactly(Problem.Kind.SIGNATURE_INVALID);
        assertThat(problems(by(sha256, X9ObjectIdentifiers.ecdsa_with_SHA256)))
                .containsExactly(Problem.Kind.SIGNATURE_INVALID);
    }

    /** "The value must match the digestAlgorithm in SignerInfo" (Authenticode, SpcIndirectDataContent). */
    @Test
    void refusesAFileDigestByAnotherHashFunctionThanTheSignature() throws Exception {
        SignedContent weak;
        try (OpenFile open = OpenFile.read(file)) {
            weak = open.content().content(ContentOptions.of(DigestAlgorithm.SHA1));
        }
        PreparedSignature prepared =
                SignatureTemplate.of(SIGNER.chain(), DigestAlgorithm.SHA256).prepare(weak);

        assertThat(weak.indirectData().map(SpcIndirectData::algorithm)).contains(DigestAlgorithm.SHA1);
        assertThat(problems(prepared.complete(SIGNER.sign(prepared)))).containsExactly(Problem.Kind.SIGNATURE_INVALID);
    }
}
