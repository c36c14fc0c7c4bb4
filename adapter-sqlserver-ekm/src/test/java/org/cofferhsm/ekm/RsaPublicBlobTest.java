package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RsaPublicBlobTest {

    /** A modulus with its highest bit set, which Java writes with a zero byte before it and Windows does not. */
    @Test
    void writesHeaderLittleEndianAndNumbersBigEndian() throws Exception {
        BigInteger modulus = BigInteger.ONE.shiftLeft(1023).add(BigInteger.valueOf(0x0c0d));
        RSAPublicKey key = (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));

        assertThat(HexFormat.of().formatHex(RsaPublicBlob.of(key)))
                .isEqualTo("52534131" + "00040000" + "03000000" + "80000000" + "00000000" + "00000000" + "010001" + "80"
                        + "00".repeat(125) + "0c0d");
    }
}
