package org.cofferhsm.signtool.commandline.sign;

import java.io.StringWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.PreparedSignature;
import org.cofferhsm.signtool.authenticode.SignatureScheme;
import org.cofferhsm.signtool.commandline.console.CertificateLines;

/** {@code /dxml}: the digest to be signed with the circumstances, as SignTool names them. */
final class DigestXml {

    private DigestXml() {}

    static String of(String file, PreparedSignature signature, Instant now) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("utf-8", "1.0");
            xml.writeStartElement("DigestSigning");
            digest(xml, file, signature, now.atZone(ZoneOffset.UTC));
            certificate(xml, signature.signer());
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw HsmException.internal("the XML of a digest cannot be written: " + e.getMessage())
                    .causedBy(e);
        }
        return text.toString();
    }

    private static void digest(XMLStreamWriter xml, String file, PreparedSignature signature, ZonedDateTime now)
            throws XMLStreamException {
        xml.writeStartElement("Digest");
        element(xml, "File", file);
        element(xml, "Date", now.format(DateTimeFormatter.ISO_LOCAL_DATE));
        element(xml, "Time", now.format(DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT)));
        element(xml, "HashAlgorithm", signature.digestAlgorithm().signToolName());
        if (signature.scheme() == SignatureScheme.RSA) {
            element(xml, "Padding", "PKCS1");
        }
        element(xml, "ToBeSignedHash", Base64.getEncoder().encodeToString(signature.digestToBeSigned()));
        xml.writeEndElement();
    }

    private static void certificate(XMLStreamWriter xml, X509Certificate signer) throws XMLStreamException {
        xml.writeStartElement("CertInfo");
        element(xml, "Subject", signer.getSubjectX500Principal().getName());
        element(xml, "Issuer", signer.getIssuerX500Principal().getName());
        element(xml, "SerialNumber", signer.getSerialNumber().toString(16));
        element(xml, "Thumbprint", CertificateLines.thumbprint(signer));
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
