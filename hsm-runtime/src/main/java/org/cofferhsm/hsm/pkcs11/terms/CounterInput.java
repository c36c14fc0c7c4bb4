package org.cofferhsm.hsm.pkcs11.terms;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.pkcs11.wire.Parameter;

/**
 * The input of SP 800-108's counter KDF as CK_PRF_DATA_PARAMs put it together (PKCS#11 v3.1 §6.42.3). The module has the
 * counter at the beginning, once, and big-endian numbers; what follows is fixed.
 */
final class CounterInput {

    private static final int ITERATION_VARIABLE = 1;
    private static final int DKM_LENGTH = 3;
    private static final int BYTE_ARRAY = 4;

    private static final int SUM_OF_KEYS = 1;
    private static final int SUM_OF_SEGMENTS = 2;

    /** CK_SP800_108_COUNTER_FORMAT: CK_BBOOL, padding, CK_ULONG. */
    private static final int COUNTER_FORMAT_BYTES = 16;
    /** CK_SP800_108_DKM_LENGTH_FORMAT: CK_ULONG, CK_BBOOL, padding, CK_ULONG. */
    private static final int LENGTH_FORMAT_BYTES = 24;

    private CounterInput() {}

    static Parameters of(Parameter.CounterKdf parameter, long derivedBytes) {
        List<Parameter.Piece> pieces = parameter.pieces();
        if (pieces.isEmpty() || pieces.get(0).type() != ITERATION_VARIABLE) {
            throw refused("the input of the counter KDF has to begin with the counter");
        }
        ByteArrayOutputStream fixed = new ByteArrayOutputStream();
        pieces.subList(1, pieces.size()).forEach(piece -> fixed.writeBytes(fixed(piece, derivedBytes)));
        return new Parameters.CounterKdf(
                MechanismType.ofCode(parameter.prf())
                        .orElseThrow(() -> refused("the module does not have the pseudorandom function")),
                counterBits(pieces.get(0).value()),
                Octets.of(fixed.toByteArray()));
    }

    private static int counterBits(byte[] format) {
        ByteBuffer fields = fields(format, COUNTER_FORMAT_BYTES);
        return bits(fields.get(0), fields.getLong(8), 32);
    }

    private static byte[] fixed(Parameter.Piece piece, long derivedBytes) {
        return switch ((int) piece.type()) {
            case BYTE_ARRAY -> piece.value();
            case DKM_LENGTH -> length(piece.value(), derivedBytes);
            default -> throw refused("the input of the counter KDF holds something that the module does not have");
        };
    }

    /** With one key derived, the sum of the keys and the sum of the segments differ by what is cut off; only the first fits. */
    private static byte[] length(byte[] format, long derivedBytes) {
        ByteBuffer fields = fields(format, LENGTH_FORMAT_BYTES);
        if (fields.getLong(0) == SUM_OF_SEGMENTS || fields.getLong(0) != SUM_OF_KEYS || derivedBytes == 0) {
            throw refused("the length in the counter KDF's input is the sum of the keys, and CKA_VALUE_LEN says it");
        }
        int bits = bits(fields.get(8), fields.getLong(16), Long.SIZE);
        byte[] whole = ByteBuffer.allocate(Long.BYTES).putLong(derivedBytes * 8).array();
        return Arrays.copyOfRange(whole, Long.BYTES - bits / 8, Long.BYTES);
    }

    /** The struct as it lies in the memory of a program on this machine. */
    private static ByteBuffer fields(byte[] struct, int bytes) {
        if (struct.length != bytes) {
            throw refused("a structure in the counter KDF's input has " + struct.length + " bytes, not " + bytes);
        }
        return ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
    }

    private static int bits(byte littleEndian, long width, int most) {
        if (littleEndian != 0 || width < 8 || width > most || width % 8 != 0) {
            throw refused("numbers in the counter KDF's input are big-endian and have 8, 16, … " + most + " bits");
        }
        return (int) width;
    }

    private static CryptokiException refused(String message) {
        return Ckr.MECHANISM_PARAM_INVALID.because(message);
    }
}
