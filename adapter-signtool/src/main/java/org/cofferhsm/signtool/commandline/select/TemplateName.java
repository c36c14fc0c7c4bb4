package org.cofferhsm.signtool.commandline.select;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;

/** The name of the certificate template in Microsoft's extension. */
final class TemplateName {

    private TemplateName() {}

    /** @param extension the extension's value in its OCTET STRING */
    static String parse(byte[] extension) {
        try {
            byte[] value = ASN1OctetString.getInstance(extension).getOctets();
            return ASN1Primitive.fromByteArray(value) instanceof ASN1String text ? text.getString() : "";
        } catch (IOException | IllegalArgumentException e) {
            throw Filters.unreadable(e);
        }
    }
}
