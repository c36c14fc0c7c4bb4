package org.cofferhsm.hsm.session.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroPaddingTest {

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "3003020107, 3003020107, a whole key stays",
        "3003020107000000, 3003020107, zeros behind it go",
        "308103020107000000, 308103020107, also behind a long length",
        "3003020100, 3003020100, a zero that belongs to it stays",
        "3003020107000001, 3003020107000001, other bytes stay",
        "300302010700000000000000000000000000000000, 300302010700000000000000000000000000000000, a whole block stays",
        "3009020107, 3009020107, what is cut off stays",
        "30ff0000, 30ff0000, a length of too many octets stays",
        "3080000000, 3080000000, an indefinite length stays",
        "00000000, 00000000, what is no sequence stays",
        "30, 30, one byte stays",
    })
    void takesOffNothingButZerosBehindAPrivateKey(String padded, String expected, String why) {
        assertThat(removed(ObjectClass.PRIVATE_KEY, padded)).as(why).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3003020107000000", "00000000"})
    void leavesSecretKeysAlone(String value) {
        assertThat(removed(ObjectClass.SECRET_KEY, value)).isEqualTo(value);
    }

    private static String removed(ObjectClass objectClass, String value) {
        try (SecretBytes whole = SecretBytes.owning(Octets.ofHex(value).toByteArray());
                SecretBytes exact = ZeroPadding.removed(objectClass, whole)) {
            return exact.use(bytes -> Octets.of(bytes).toHex());
        }
    }
}
