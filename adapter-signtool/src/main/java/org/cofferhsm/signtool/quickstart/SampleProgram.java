package org.cofferhsm.signtool.quickstart;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A program for Windows on x86-64 that ends with status 0: the smallest that its loader takes (PE/COFF, PE32+). */
final class SampleProgram {

    private static final int HEADERS = 0x200;
    private static final int FILE_ALIGNMENT = 0x200;
    private static final int PAGE = 0x1000;
    private static final int SIGNATURE = 64;
    private static final int COFF = SIGNATURE + 4;
    private static final int OPTIONAL = COFF + 20;
    private static final int OPTIONAL_BYTES = 240;
    private static final int SECTION = OPTIONAL + OPTIONAL_BYTES;

    private static final short X86_64 = (short) 0x8664;
    private static final short PE32_PLUS = 0x20b;
    private static final short EXECUTABLE_BEYOND_2_GB = 0x22;
    private static final short WINDOWS_VISTA = 6;
    private static final short CONSOLE = 3;
    private static final short NO_EXECUTION_OF_DATA = 0x100;
    private static final int CODE_READ_EXECUTE = 0x60000020;

    /** {@code xor eax, eax; ret}. */
    private static final byte[] CODE = {0x31, (byte) 0xc0, (byte) 0xc3};

    private SampleProgram() {}

    static byte[] bytes() {
        ByteBuffer image = ByteBuffer.allocate(HEADERS + FILE_ALIGNMENT).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0, "MZ".getBytes(StandardCharsets.US_ASCII)).putInt(60, SIGNATURE);
        image.put(SIGNATURE, "PE".getBytes(StandardCharsets.US_ASCII));
        coff(image.slice(COFF, OPTIONAL - COFF).order(ByteOrder.LITTLE_ENDIAN));
        optional(image.slice(OPTIONAL, OPTIONAL_BYTES).order(ByteOrder.LITTLE_ENDIAN));
        section(image.slice(SECTION, 40).order(ByteOrder.LITTLE_ENDIAN));
        image.put(HEADERS, CODE);
        return image.array();
    }

    private static void coff(ByteBuffer header) {
        header.putShort(0, X86_64).putShort(2, (short) 1);
        header.putShort(16, (short) OPTIONAL_BYTES).putShort(18, EXECUTABLE_BEYOND_2_GB);
    }

    private static void optional(ByteBuffer header) {
        header.putShort(0, PE32_PLUS).putInt(4, FILE_ALIGNMENT).putInt(16, PAGE).putInt(20, PAGE);
        header.putLong(24, 0x1_4000_0000L).putInt(32, PAGE).putInt(36, FILE_ALIGNMENT);
        header.putShort(40, WINDOWS_VISTA).putShort(48, WINDOWS_VISTA);
        header.putInt(56, 2 * PAGE).putInt(60, HEADERS);
        header.putShort(68, CONSOLE).putShort(70, NO_EXECUTION_OF_DATA);
        header.putLong(72, 1 << 20).putLong(80, PAGE).putLong(88, 1 << 20).putLong(96, PAGE);
        header.putInt(108, 16);
    }

    private static void section(ByteBuffer header) {
        header.put(0, ".text".getBytes(StandardCharsets.US_ASCII));
        header.putInt(8, CODE.length)
                .putInt(12, PAGE)
                .putInt(16, FILE_ALIGNMENT)
                .putInt(20, HEADERS);
        header.putInt(36, CODE_READ_EXECUTE);
    }
}
