package org.cofferhsm.signtool.tsa;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignatureScheme;
import org.cofferhsm.signtool.signing.ModuleKey;

/** An authority's key as Bouncy Castle's CMS code (RFC 5652) wants it; the digests are Java's. */
final class TsaSigner {

    /** Of the token, whatever the request's is. */
    private static final DigestAlgorithm DIGEST = DigestAlgorithm.SHA256;

    private final ModuleKey key;
    private final DigestCalculatorProvider digests;

    TsaSigner(ModuleKey key) {
        this.key = key;
        try {
            this.digests = new JcaDigestCalculatorProviderBuilder().build();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("this Java runtime has no message digests", e);
        }
    }

    X509Certificate certificate() {
        return key.certificate();
    }

    DigestCalculatorProvider digests() {
        return digests;
    }

    /** The certificates that travel with tokens: all but the root, which verifiers must have from elsewhere. */
    JcaCertStore certificates() {
        try {
            return new JcaCertStore(key.chain().stream()
                    .filter(one -> one.equals(certificate())
                            || !one.getIssuerX500Principal().equals(one.getSubjectX500Principal()))
                    .toList());
        } catch (CertificateEncodingException e) {
            throw unusable(e);
        }
    }

    /** Signs a token, whose time is in its content. */
    SignerInfoGenerator ofTokens() {
        return generator(parameters -> new AttributeTable(attributes(parameters)));
    }

    /** Signs a countersignature, whose time is among its signed attributes. */
    SignerInfoGenerator ofCounterSignatures(Instant time) {
        return generator(parameters -> {
            ASN1EncodableVector all = attributes(parameters);
            all.add(attribute(CMSAttributes.signingTime, new Time(Date.from(time))));
            return new AttributeTable(all);
        });
    }

    /** No signing time: what Bouncy Castle would write is its own idea of it. */
    @SuppressWarnings("rawtypes") // as Bouncy Castle declares it
    private static ASN1EncodableVector attributes(Map parameters) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        Object type = parameters.get(CMSAttributeTableGenerator.CONTENT_TYPE);
        Object digest = parameters.get(CMSAttributeTableGenerator.DIGEST);
        all.add(attribute(CMSAttributes.contentType, ASN1ObjectIdentifier.getInstance(type)));
        all.add(attribute(CMSAttributes.messageDigest, new DEROctetString((byte[]) Objects.requireNonNull(digest))));
        return all;
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    private SignerInfoGenerator generator(CMSAttributeTableGenerator attributes) {
        try {
            return new SignerInfoGeneratorBuilder(digests)
                    .setSignedAttributeGenerator(attributes)
                    .build(new InModule(key), new JcaX509CertificateHolder(certificate()));
        } catch (OperatorCreationException | CertificateEncodingException e) {
            throw unusable(e);
        }
    }

    private HsmException unusable(Exception cause) {
        return HsmException.keyTypeInconsistent("the key of \"" + certificate().getSubjectX500Principal()
                        + "\" cannot sign timestamps: " + cause.getMessage())
                .causedBy(cause);
    }

    /** Collects what is signed, which is short, and gives it to the module. */
    private static final class InModule implements ContentSigner {

        private final ModuleKey key;
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();

        InModule(ModuleKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            String name = DIGEST.name() + "with" + SignatureScheme.of(key.certificate());
            return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
        }

        @Override
        public OutputStream getOutputStream() {
            data.reset();
            return data;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(DIGEST, data.toByteArray());
        }
    }
}
