package org.cofferhsm.hsm.pkcs11.terms;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.cofferhsm.hsm.der.Der;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;

/**
 * How the values of an attribute lie in Cryptoki's memory ({@code docs/channel.md}, {@code template}). Reading complains by
 * ATTRIBUTE_VALUE_INVALID, also where a CK_ULONG or a CK_BBOOL has another size.
 */
interface Form<T> {

    T read(byte[] value);

    byte[] write(T value);

    Form<Boolean> BOOLEAN = of(Form::readBoolean, value -> new byte[] {(byte) (value ? 1 : 0)});
    Form<Long> NUMBER = of(Form::readNumber, Form::writeNumber);
    Form<String> TEXT = of(Form::readText, value -> value.getBytes(StandardCharsets.UTF_8));
    Form<Octets> OCTETS = of(Octets::of, Octets::toByteArray);
    /** CK_DATE; never empty, since an empty date is no date. */
    Form<LocalDate> DATE = of(
            Form::readDate,
            value -> value.format(DateTimeFormatter.BASIC_ISO_DATE).getBytes(StandardCharsets.US_ASCII));
    /** An unsigned big integer, written without leading zeros. */
    Form<Octets> INTEGER = of(value -> Octets.of(Der.unsigned(new BigInteger(1, value))), Octets::toByteArray);
    /** A certificate's serial number: a DER INTEGER, which the module keeps without tag and length. */
    Form<Octets> SERIAL_NUMBER = of(
            value -> Octets.of(Der.content(Der.INTEGER, value).orElse(value)),
            value -> Der.value(Der.INTEGER, value.toByteArray()));

    Form<Octets> POINT = of(value -> Octets.of(EcPoints.read(value)), value -> EcPoints.write(value.toByteArray()));
    Form<Curve> CURVE = of(CurveNames::read, CurveNames::write);
    Form<ObjectClass> CLASS = of(
            value -> find(ObjectClass.values(), value, one -> one.code() == readNumber(value)),
            value -> writeNumber(value.code()));
    Form<KeyType> KEY_TYPE = of(
            value -> find(KeyType.values(), value, one -> one.code() == readNumber(value)),
            value -> writeNumber(value.code()));
    Form<MechanismType> MECHANISM = of(
            value -> find(MechanismType.values(), value, one -> one.code() == readNumber(value)),
            value -> writeNumber(value.code()));
    Form<Set<MechanismType>> MECHANISMS = of(Form::readMechanisms, Form::writeMechanisms);

    private static <T> Form<T> of(
            java.util.function.Function<byte[], T> reader, java.util.function.Function<T, byte[]> writer) {
        return new Form<>() {
            @Override
            public T read(byte[] value) {
                return reader.apply(value);
            }

            @Override
            public byte[] write(T value) {
                return writer.apply(value);
            }
        };
    }

    private static Boolean readBoolean(byte[] value) {
        if (value.length != 1 || (value[0] & ~1) != 0) {
            throw invalid("a CK_BBOOL is one byte, 0 or 1");
        }
        return value[0] == 1;
    }

    private static Long readNumber(byte[] value) {
        if (value.length != Long.BYTES) {
            throw invalid("a CK_ULONG does not have " + value.length + " bytes");
        }
        return ByteBuffer.wrap(value).getLong();
    }

    private static byte[] writeNumber(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static String readText(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("a text is not UTF-8");
        }
    }

    private static LocalDate readDate(byte[] value) {
        try {
            return LocalDate.parse(new String(value, StandardCharsets.US_ASCII), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            throw invalid("a CK_DATE is eight digits: year, month, day");
        }
    }

    private static <E> E find(E[] all, byte[] value, java.util.function.Predicate<E> wanted) {
        return Arrays.stream(all)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> invalid("the module does not have the number " + readNumber(value)));
    }

    private static Set<MechanismType> readMechanisms(byte[] value) {
        Set<MechanismType> mechanisms = EnumSet.noneOf(MechanismType.class);
        for (int at = 0; at < value.length; at += Long.BYTES) {
            mechanisms.add(MECHANISM.read(Arrays.copyOfRange(value, at, Math.min(at + Long.BYTES, value.length))));
        }
        return Collections.unmodifiableSet(mechanisms);
    }

    private static byte[] writeMechanisms(Set<MechanismType> value) {
        ByteBuffer out = ByteBuffer.allocate(value.size() * Long.BYTES);
        value.forEach(mechanism -> out.putLong(mechanism.code()));
        return out.array();
    }

    private static CryptokiException invalid(String message) {
        return Ckr.ATTRIBUTE_VALUE_INVALID.because(message);
    }
}
