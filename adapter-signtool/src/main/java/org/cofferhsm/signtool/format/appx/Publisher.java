package org.cofferhsm.signtool.format.appx;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/** Whose package it is, by its manifest: Windows installs it only with a signature by a certificate of that subject. */
final class Publisher {

    private Publisher() {}

    /** Complains when the package is somebody else's than this subject's. */
    static void require(X500Principal subject, Source source, ZipDirectory directory) throws IOException {
        PackageFile manifest = directory.find(PackageFile.BUNDLE_MANIFEST).isPresent()
                ? PackageFile.BUNDLE_MANIFEST
                : PackageFile.MANIFEST;
        if (directory.find(manifest).isEmpty()) {
            return;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ZipMember.of(source, directory, manifest).pass(piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            content.writeBytes(bytes);
        });
        Optional<String> publisher = of(content.toByteArray(), source);
        if (publisher
                .flatMap(Publisher::name)
                .filter(name -> !name.equals(subject))
                .isPresent()) {
            throw HsmException.argumentInvalid(
                    source.path() + " names \"" + publisher.get() + "\" as its publisher, and the"
                            + " certificate's subject is \"" + subject
                            + "\" (Windows refuses that with 0x8007000B); sign with the"
                            + " publisher's certificate, or change the manifest");
        }
    }

    private static Optional<String> of(byte[] manifest, Source source) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(manifest));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("Identity")) {
                    return Optional.ofNullable(xml.getAttributeValue(null, "Publisher"));
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            throw HsmException.dataInvalid("the manifest of " + source.path() + " is not XML: " + e.getMessage())
                    .causedBy(e);
        }
    }

    /** Empty for a name that Java cannot read, of which nothing is claimed then. */
    private static Optional<X500Principal> name(String text) {
        try {
            return Optional.of(new X500Principal(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
