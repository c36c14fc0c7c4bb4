package org.cofferhsm.signtool.authenticode;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/** The certificates in a SignedData (RFC 2315 §6.6), read by the JDK. */
public final class EmbeddedCertificates {

    private static final ASN1Encodable[] NOTHING = {};

    private EmbeddedCertificates() {}

    /** All X.509 certificates of the set, which may be absent; what is no certificate is left out. */
    public static List<X509Certificate> read(@Nullable ASN1Set set) {
        List<X509Certificate> found = new ArrayList<>();
        for (ASN1Encodable one : set == null ? NOTHING : set.toArray()) {
            if (one.toASN1Primitive() instanceof ASN1Sequence sequence) {
                found.add(certificate(sequence));
            }
        }
        return List.copyOf(found);
    }

    private static X509Certificate certificate(ASN1Sequence sequence) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Decoding.dl(sequence)));
        } catch (CertificateException e) {
            throw HsmException.dataInvalid("a certificate in the signature is malformed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** The one that a signer names, by issuer and serial number or by the identifier of its key (RFC 5652 §5.3). */
    public static Optional<X509Certificate> of(SignerIdentifier signer, List<X509Certificate> certificates) {
        return Decoding.of(
                "the signer's name",
                () -> certificates.stream()
                        .filter(
                                signer.isTagged()
                                        ? hasKey(ASN1OctetString.getInstance(signer.getId()))
                                        : isNamed(IssuerAndSerialNumber.getInstance(signer.getId())))
                        .findFirst());
    }

    /** By Java's comparison of names: Bouncy Castle's takes the square of their lengths. */
    private static Predicate<X509Certificate> isNamed(IssuerAndSerialNumber name) {
        BigInteger serial = name.getSerialNumber().getValue();
        X500Principal issuer = new X500Principal(Decoding.dl(name.getName()));
        return certificate -> certificate.getSerialNumber().equals(serial)
                && certificate.getIssuerX500Principal().equals(issuer);
    }

    private static Predicate<X509Certificate> hasKey(ASN1OctetString identifier) {
        byte[] extension = Decoding.der(new DEROctetString(Decoding.der(identifier)));
        return certificate ->
                Arrays.equals(certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId()), extension);
    }

    static ASN1Set set(List<X509Certificate> certificates) {
        return new DERSet(with(Set.of(), certificates));
    }

    static ASN1Set add(@Nullable ASN1Set set, List<X509Certificate> certificates) {
        Set<ASN1Encodable> known = new LinkedHashSet<>();
        for (ASN1Encodable one : set == null ? NOTHING : set.toArray()) {
            known.add(one.toASN1Primitive());
        }
        return new DLSet(with(known, certificates));
    }

    private static ASN1Encodable[] with(Set<ASN1Encodable> known, List<X509Certificate> more) {
        Set<ASN1Encodable> all = new LinkedHashSet<>(known);
        for (X509Certificate certificate : more) {
            all.add(encoded(certificate));
        }
        return all.toArray(NOTHING);
    }

    static ASN1Set only(SignerIdentifier signer, @Nullable ASN1Set set) {
        return set(of(signer, read(set)).stream().toList());
    }

    private static ASN1Primitive encoded(X509Certificate certificate) {
        try {
            return Decoding.whole("a certificate", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw HsmException.dataInvalid("a certificate cannot be encoded: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
