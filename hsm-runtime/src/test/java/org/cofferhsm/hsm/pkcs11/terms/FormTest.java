package org.cofferhsm.hsm.pkcs11.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormTest {

    @ParameterizedTest
    @EnumSource(Curve.class)
    void writesCurvesAsTheirIdentifiers(Curve curve) {
        byte[] written = Form.CURVE.write(curve);
        assertThat(Form.CURVE.read(written)).isEqualTo(curve);
    }

    @ParameterizedTest
    @CsvSource({
        "P256, 06082a8648ce3d030107",
        "P384, 06052b81040022",
        "P521, 06052b81040023",
        "SECP256K1, 06052b8104000a",
        "ED25519, 06032b6570",
        "X25519, 06032b656e"
    })
    void knowsTheIdentifiersOfTheStandards(Curve curve, String hex) {
        assertThat(Form.CURVE.write(curve)).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void readsPointsWithAndWithoutTheirOctetString() {
        byte[] bare = new byte[65];
        Arrays.fill(bare, (byte) 0x3f); // as bare bytes it would be an octet string of 63 bytes
        bare[0] = 4;
        assertThat(Form.POINT.read(bare)).isEqualTo(Octets.of(bare));
        assertThat(Form.POINT.read(Form.POINT.write(Octets.of(bare)))).isEqualTo(Octets.of(bare));
    }

    @Test
    void keepsSerialNumbersWithoutTheirTag() {
        assertThat(Form.SERIAL_NUMBER.read(new byte[] {2, 1, 7})).isEqualTo(Octets.of((byte) 7));
        assertThat(Form.SERIAL_NUMBER.write(Octets.of((byte) 7))).containsExactly(2, 1, 7);
        assertThat(Form.SERIAL_NUMBER.read(new byte[] {7})).isEqualTo(Octets.of((byte) 7));
    }

    @ParameterizedTest
    @CsvSource({"0, 0400", "127, 047f", "128, 048180", "65536, 0483010000"})
    void writesLengthsInTheirShortestForm(int length, String header) {
        byte[] value = Der.value(Der.OCTET_STRING, new byte[length]);
        assertThat(HexFormat.of().formatHex(value)).startsWith(header);
        assertThat(Der.content(Der.OCTET_STRING, value))
                .hasValueSatisfying(content -> assertThat(content).hasSize(length));
        assertThat(Der.content(Der.OCTET_STRING, Arrays.copyOf(value, value.length + 1)))
                .isEmpty();
    }

    @Test
    void isNotFooledByLengthsThatLie() {
        assertThat(Der.content(4, new byte[] {4})).isEqualTo(Optional.empty());
        assertThat(Der.content(4, new byte[] {4, (byte) 0x80})).isEmpty();
        assertThat(Der.content(4, new byte[] {4, (byte) 0x84, 0, 0, 0, 0})).isEmpty();
        assertThat(Der.content(4, new byte[] {4, (byte) 0x83, (byte) 0xff, (byte) 0xff, (byte) 0xff}))
                .isEmpty();
        assertThat(Der.content(4, new byte[] {5, 0})).isEmpty();
    }

    @Test
    void dropsLeadingZerosOfNumbers() {
        assertThat(Form.INTEGER.read(new byte[] {0, 0, 1, 0})).isEqualTo(Octets.of((byte) 1, (byte) 0));
        assertThat(Der.unsigned(BigInteger.ZERO)).containsExactly(0);
    }

    @Test
    void refusesValuesOfTheWrongSize() {
        refused(() -> Form.BOOLEAN.read(new byte[0]));
        refused(() -> Form.BOOLEAN.read(new byte[] {2}));
        refused(() -> Form.NUMBER.read(new byte[4]));
        refused(() -> Form.DATE.read(new byte[8]));
        refused(() -> Form.MECHANISMS.read(new byte[12]));
        refused(() -> Form.KEY_TYPE.read(Form.NUMBER.write(0x7fL)));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        CryptokiException refusal = catchThrowableOfType(CryptokiException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.value()).isEqualTo(Ckr.ATTRIBUTE_VALUE_INVALID);
    }
}
