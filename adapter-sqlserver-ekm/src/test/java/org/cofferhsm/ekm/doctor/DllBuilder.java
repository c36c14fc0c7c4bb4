package org.cofferhsm.ekm.doctor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A DLL with one section and nothing in it but exports (Microsoft's PE Format). */
final class DllBuilder {

    private static final int PE = 0x80;
    private static final int OPTIONAL = PE + 24;
    private static final int SECTION = OPTIONAL + 240;
    private static final int SECTION_FILE = 0x200;
    private static final int SECTION_MEMORY = 0x1000;
    private static final int SECTION_BYTES = 0x1000;

    private final ByteBuffer file =
            ByteBuffer.allocate(SECTION_FILE + SECTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private DllBuilder(int machine, int magic) {
        file.putShort(0, (short) 0x5a4d).putInt(0x3c, PE).putInt(PE, 0x4550);
        file.putShort(PE + 4, (short) machine).putShort(PE + 6, (short) 1).putShort(PE + 20, (short) 240);
        file.putShort(OPTIONAL, (short) magic).putInt(OPTIONAL + 108, 16);
        file.putInt(SECTION + 8, SECTION_BYTES).putInt(SECTION + 12, SECTION_MEMORY);
        file.putInt(SECTION + 16, SECTION_BYTES).putInt(SECTION + 20, SECTION_FILE);
    }

    static DllBuilder x64() {
        return new DllBuilder(0x8664, 0x20b);
    }

    static DllBuilder x86() {
        return new DllBuilder(0x14c, 0x10b);
    }

    /** Says that there is a signature of so many bytes. */
    DllBuilder signed(int bytes) {
        file.putInt(OPTIONAL + 112 + 4 * 8, SECTION_FILE).putInt(OPTIONAL + 112 + 4 * 8 + 4, bytes);
        return this;
    }

    byte[] build(List<String> exports) {
        int names = 0x40;
        int text = names + 4 * exports.size();
        file.putInt(OPTIONAL + 112, SECTION_MEMORY).putInt(OPTIONAL + 116, 0x40);
        file.putInt(SECTION_FILE + 24, exports.size()).putInt(SECTION_FILE + 32, SECTION_MEMORY + names);
        for (int i = 0; i < exports.size(); i++) {
            byte[] name = exports.get(i).getBytes(StandardCharsets.US_ASCII);
            file.putInt(SECTION_FILE + names + 4 * i, SECTION_MEMORY + text);
            file.position(SECTION_FILE + text).put(name).put((byte) 0);
            text += name.length + 1;
        }
        return file.array();
    }
}
