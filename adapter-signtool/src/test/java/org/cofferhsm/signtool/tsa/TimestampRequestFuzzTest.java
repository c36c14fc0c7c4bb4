package org.cofferhsm.signtool.tsa;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.signtool.authenticode.SpcTimestampRequest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked, in either protocol, the outcome is a request or a refusal that can be sent. */
class TimestampRequestFuzzTest {

    static Stream<byte[]> requests() throws IOException {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        return Stream.of(
                generator
                        .generate(NISTObjectIdentifiers.id_sha256, new byte[32], BigInteger.TEN)
                        .getEncoded(),
                new SpcTimestampRequest(new byte[64]).encoded());
    }

    @MethodSource("requests")
    @FuzzTest
    void survivesAnything(byte[] request) {
        try {
            TimestampRequest parsed = TimestampRequest.parse(request);
            assertThat(parsed.imprint()).hasSize(parsed.digest().length());
            TsaRules.usual().require(parsed);
        } catch (Refusal e) {
            TimeStampResp response = TimeStampResp.getInstance(TsaResponse.refused(e));
            assertThat(response.getStatus().getFailInfo().intValue()).isEqualTo(e.failure());
        }
        try {
            assertThat(SpcTimestampRequest.parse(request).encoded()).isNotEmpty();
        } catch (HsmException e) {
            assertThat(e.reason()).isEqualTo(Reason.DATA_INVALID);
        }
    }
}
