package org.cofferhsm.signtool.commandline.console;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/** A certificate as SignTool shows it: four lines and an empty one. */
public final class CertificateLines {

    private static final List<ASN1ObjectIdentifier> NAMING =
            List.of(BCStyle.CN, BCStyle.OU, BCStyle.O, BCStyle.EmailAddress);
    private static final int STEP = 4;

    private CertificateLines() {}

    /** One certificate, four columns in. */
    public static List<String> of(X509Certificate certificate) {
        return indented(certificate, STEP);
    }

    /** A chain from its root, each certificate four columns deeper than its issuer. */
    public static List<String> ofChain(List<X509Certificate> chain) {
        return Stream.iterate(0, i -> i < chain.size(), i -> i + 1)
                .flatMap(i -> indented(chain.get(i), STEP * (i + 1)).stream())
                .toList();
    }

    private static List<String> indented(X509Certificate certificate, int columns) {
        String indent = " ".repeat(columns);
        return List.of(
                indent + "Issued to: " + name(certificate.getSubjectX500Principal()),
                indent + "Issued by: " + name(certificate.getIssuerX500Principal()),
                indent + "Expires:   "
                        + SignToolTime.of(certificate.getNotAfter().toInstant()),
                indent + "SHA1 hash: " + thumbprint(certificate),
                "");
    }

    /** How Windows names somebody in short: the common name, or else what comes closest. */
    public static String name(X500Principal principal) {
        X500Name name = X500Name.getInstance(principal.getEncoded());
        return NAMING.stream()
                .flatMap(type -> Stream.of(name.getRDNs(type)))
                .findFirst()
                .map(RDN::getFirst)
                .map(first -> IETFUtils.valueToString(first.getValue()))
                .map(CertificateLines::unescaped)
                .orElseGet(principal::getName);
    }

    private static String unescaped(String value) {
        return value.replaceAll("\\\\(.)", "$1");
    }

    /** SHA-1 of the certificate, by which Windows tells certificates apart. */
    public static String thumbprint(X509Certificate certificate) {
        try {
            return Octets.of(DigestAlgorithm.SHA1.digest(certificate.getEncoded()))
                    .toHex()
                    .toUpperCase(Locale.ROOT);
        } catch (CertificateEncodingException e) {
            throw HsmException.dataInvalid("a certificate cannot be encoded: " + e.getMessage())
                    .causedBy(e);
        }
    }
}
