package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Octets;
import org.junit.jupiter.api.Test;

class ThumbprintTest {

    /**
     * The RSA key of RFC 9500 §2.1 (testRSA2048). The thumbprint was computed by OpenSSL:
     * {@code openssl rsa -in key.pem -pubout -outform DER | openssl dgst -sha256}, first 40 digits.
     */
    private static final String MODULUS =
            "b0f9e81943a7ae9892aade17ca7c40f8744fed2f8148e6c8eaa27b7d001548fb5192ab28b56c5060"
                    + "b118ccd131e594874c6ca989b56c27296f09fb93a034df32e97c6ff0998cfd8e6f42dda58acd1fa9"
                    + "7986f144f3d154d67650175e6854b3a952003bc06887b8455ac2b19f7b2f76504ebc98ec945571b0"
                    + "7892150ddc6a74ca0fbcd35497ce81534daf9418844b13aea31f9d5a6b9557bbdf619efd4e887f2d"
                    + "42b8dd8bc987eae1bf89cab85ee21e356305df6c07a8838e3ef41c595dcce43dafc49123ef4d8abb"
                    + "a93d3905e4028d7ba91484a27596e07b4b6ed992f077b524d3dcfe7ddd5549be7cce8da035cfa0b3"
                    + "fb8f9e46f732b2a86b460165c08f5313";

    private static final String THUMBPRINT = "8fb6bad671cfe698393c453357da61b56d757ab8";

    @Test
    void isTheSameForEver() {
        Attributes key = Attributes.of(Attribute.MODULUS, Octets.ofHex(MODULUS))
                .with(
                        Attribute.PUBLIC_EXPONENT,
                        Octets.of(BigInteger.valueOf(65_537).toByteArray()));

        assertThat(RsaPublicKeys.thumbprint(key).bytes().toHex()).isEqualTo(THUMBPRINT);
    }
}
