package org.cofferhsm.signtool.tsa;

import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.cofferhsm.signtool.authenticode.Decoding;

/** Writes answers (TimeStampResp, RFC 3161 §2.4.2). */
final class TsaResponse {

    private TsaResponse() {}

    static byte[] granted(ContentInfo token) {
        return Decoding.dl(new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), token));
    }

    static byte[] refused(Refusal refusal) {
        PKIFreeText text = new PKIFreeText(String.valueOf(refusal.getMessage()));
        PKIStatusInfo status = new PKIStatusInfo(PKIStatus.rejection, text, new PKIFailureInfo(refusal.failure()));
        return Decoding.der(new TimeStampResp(status, null));
    }
}
