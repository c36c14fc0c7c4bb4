package org.cofferhsm.ca;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.cofferhsm.hsm.error.HsmException;

/** The alternative names that a request may ask for: DNS names (RFC 1034 §3.5, one leading wildcard) and addresses. */
final class RequestedNames {

    static final GeneralNames NONE = new GeneralNames(new GeneralName[0]);

    private static final int MAX_NAMES = 100;
    private static final int MAX_DNS_LENGTH = 253;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

    private RequestedNames() {}

    /** The same names; complains when there is one that the CA does not certify. */
    static GeneralNames checked(GeneralNames names) {
        if (names.getNames().length > MAX_NAMES) {
            throw HsmException.dataInvalid("the certificate request asks for more than " + MAX_NAMES + " names");
        }
        Arrays.stream(names.getNames()).forEach(RequestedNames::check);
        return names;
    }

    private static void check(GeneralName name) {
        boolean known = switch (name.getTagNo()) {
            case GeneralName.dNSName -> isDnsName(name.getName().toString());
            case GeneralName.iPAddress -> isAddress(ASN1OctetString.getInstance(name.getName()));
            default -> false;
        };
        if (!known) {
            throw HsmException.dataInvalid("the certificate request asks for a name that this CA does not certify;"
                    + " it certifies DNS names and IP addresses");
        }
    }

    private static boolean isDnsName(String name) {
        return name.length() <= MAX_DNS_LENGTH && DNS.matcher(name).matches();
    }

    private static boolean isAddress(ASN1OctetString address) {
        int bytes = address.getOctetsLength();
        return bytes == IPV4_BYTES || bytes == IPV6_BYTES;
    }
}
