package org.cofferhsm.ekm.doctor;

import java.util.HashSet;
import java.util.Set;

/** A Linux library, read as far as the doctor wants to know it (System V ABI: ELF header, section headers, symbol table). */
final class ElfImage {

    private static final int CLASS_64 = 2;
    private static final int MACHINE_X86_64 = 62;
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int SYMBOL_BYTES = 24;

    private final ImageBytes file;

    private ElfImage(ImageBytes file) {
        this.file = file;
    }

    static Image read(ImageBytes file) {
        boolean x64 = (file.u16(4) & 0xff) == CLASS_64 && file.u16(18) == MACHINE_X86_64;
        return new Image("ELF library", x64, x64 ? new ElfImage(file).exports() : Set.of(), 0);
    }

    private Set<String> exports() {
        Set<String> exports = new HashSet<>();
        for (int i = 0; i < file.u16(60); i++) {
            long section = section(i);
            if (file.u32(section + 4) == DYNAMIC_SYMBOLS) {
                addSymbols(section, exports);
            }
        }
        return exports;
    }

    private long section(long number) {
        return file.u64(40) + number * file.u16(58);
    }

    private void addSymbols(long section, Set<String> exports) {
        long symbols = file.u64(section + 24);
        long names = file.u64(section(file.u32(section + 40)) + 24);
        long end = symbols + file.u64(section + 32);
        for (long symbol = symbols; symbol < end; symbol += SYMBOL_BYTES) {
            if (file.u16(symbol + 6) != 0) { // defined here, not wanted from elsewhere
                exports.add(file.text(names + file.u32(symbol)));
            }
        }
    }
}
