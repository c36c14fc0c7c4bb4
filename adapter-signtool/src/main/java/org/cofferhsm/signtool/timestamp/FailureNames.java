package org.cofferhsm.signtool.timestamp;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;

/** Why an authority refused, in RFC 3161's words (§2.4.2, PKIFailureInfo). */
final class FailureNames {

    private static final Map<Integer, String> NAMES = new TreeMap<>(Map.of(
            PKIFailureInfo.badAlg, "badAlg",
            PKIFailureInfo.badRequest, "badRequest",
            PKIFailureInfo.badDataFormat, "badDataFormat",
            PKIFailureInfo.timeNotAvailable, "timeNotAvailable",
            PKIFailureInfo.unacceptedPolicy, "unacceptedPolicy",
            PKIFailureInfo.unacceptedExtension, "unacceptedExtension",
            PKIFailureInfo.addInfoNotAvailable, "addInfoNotAvailable",
            PKIFailureInfo.systemFailure, "systemFailure"));

    private FailureNames() {}

    static String of(ASN1BitString bits) {
        int value = bits.intValue();
        String names = NAMES.entrySet().stream()
                .filter(entry -> (value & entry.getKey()) != 0)
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("+"));
        return names.isEmpty() ? "unknown" : names;
    }
}
