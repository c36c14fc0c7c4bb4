package org.cofferhsm.signtool.testing;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.authenticode.Decoding;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureTemplate;
import org.cofferhsm.signtool.authenticode.SignedContent;

/** A timestamp authority, by Bouncy Castle's code for the tokens. */
public record TestAuthority(TestSigner signer) {
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.2.3.4.5");

    /** An authority that this root certifies. */
    public static TestAuthority under(TestSigner root) {
        KeyPair pair = TestCertificate.rsa(2048);
        return new TestAuthority(root.issue(
                pair.getPrivate(),
                TestCertificate.of("Example Timestamps", pair.getPublic()).forTimestamps(true)));
    }

    /** An RFC 3161 token over these bytes. */
    public byte[] token(byte[] value, Instant time) throws Exception {
        byte[] imprint = DigestAlgorithm.SHA256.digest(value);
        TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder()
                        .build("SHA256withRSA", signer.privateKey(), signer.certificate()),
                new JcaDigestCalculatorProviderBuilder().build().get(DigestAlgorithm.SHA256.identifier()),
                POLICY);
        generator.addCertificates(new JcaCertStore(signer.chain()));
        TimeStampRequestGenerator request = new TimeStampRequestGenerator();
        request.setCertReq(true);
        TimeStampToken token = generator.generate(
                request.generate(DigestAlgorithm.SHA256.oid(), imprint), BigInteger.ONE, Date.from(time));
        return token.getEncoded();
    }

    /** A response that grants a token which says just this, whatever it is; the authority's certificate comes along. */
    public byte[] response(TSTInfo info) throws Exception {
        return response(token(info, signer.certificate()));
    }

    /** A response that grants this token. */
    public static byte[] response(CMSSignedData token) throws Exception {
        return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), token.toASN1Structure()).getEncoded();
    }

    /** A token; {@code named} is the certificate that its ESSCertIDv2 names (RFC 5816). */
    public CMSSignedData token(TSTInfo info, X509Certificate named) throws Exception {
        ESSCertIDv2 id = new ESSCertIDv2(DigestAlgorithm.SHA256.digest(named.getEncoded()));
        AttributeTable attributes = new AttributeTable(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {id}))));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setSignedAttributeGenerator(attributes)
                .build("SHA256withRSA", signer.privateKey(), signer.certificate()));
        generator.addCertificates(new JcaCertStore(signer.chain()));
        return generator.generate(
                new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded()), true);
    }

    /** A legacy countersignature over these bytes (PKCS#9 §5.3.6). */
    public SignerInfo counterSignature(byte[] value, Instant time) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(PKCSObjectIdentifiers.data)));
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(time)))));
        attributes.add(new Attribute(
                CMSAttributes.messageDigest, new DERSet(new DEROctetString(DigestAlgorithm.SHA256.digest(value)))));
        ASN1Set signed = new DERSet(attributes);
        SignerInfo identity = identity();
        return new SignerInfo(
                identity.getSID(),
                identity.getDigestAlgorithm(),
                signed,
                identity.getDigestEncryptionAlgorithm(),
                new DEROctetString(signer.sign(DigestAlgorithm.SHA256, Decoding.der(signed))),
                (ASN1Set) null);
    }

    /** Who signs and by what, as any other signature of the same signer says it. */
    private SignerInfo identity() {
        SignedContent nothing =
                new SignedContent(PKCSObjectIdentifiers.data, Octets.of(Decoding.der(new ASN1Integer(0))));
        PreparedSignature prepared = SignatureTemplate.of(List.of(signer.certificate()), DigestAlgorithm.SHA256)
                .prepare(nothing);
        AuthenticodeSignature signature = prepared.complete(signer.sign(prepared));
        return signature.signerInfo();
    }
}
