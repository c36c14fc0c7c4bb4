package org.cofferhsm.ekm.doctor;

import java.util.HashSet;
import java.util.Set;

/** A Windows DLL, read as far as the doctor wants to know it (Microsoft's PE Format: COFF header, optional header, exports). */
final class PeImage {

    private static final int MACHINE_AMD64 = 0x8664;
    private static final int PE32_PLUS = 0x20b;
    private static final int DIRECTORIES = 112;
    private static final int DIRECTORY_BYTES = 8;
    private static final int CERTIFICATES = 4;
    private static final int SECTION_BYTES = 40;
    private static final int MOST_EXPORTS = 10_000;

    private final ImageBytes file;
    private final long coff;

    private PeImage(ImageBytes file) {
        this.file = file;
        this.coff = file.u32(0x3c) + 4;
        if (file.u32(coff - 4) != 0x4550) {
            throw new BrokenImageException("it has no PE header");
        }
    }

    static Image read(ImageBytes file) {
        PeImage image = new PeImage(file);
        if (!image.is64Bit()) {
            return new Image("DLL", false, Set.of(), 0);
        }
        return new Image("DLL", true, image.exports(), file.u32(image.directory(CERTIFICATES) + 4));
    }

    private boolean is64Bit() {
        return file.u16(coff) == MACHINE_AMD64 && file.u16(optionalHeader()) == PE32_PLUS;
    }

    private long optionalHeader() {
        return coff + 20;
    }

    private long directory(int number) {
        if (number >= file.u32(optionalHeader() + DIRECTORIES - 4)) {
            throw new BrokenImageException("its list of directories is too short");
        }
        return optionalHeader() + DIRECTORIES + (long) number * DIRECTORY_BYTES;
    }

    private Set<String> exports() {
        long address = file.u32(directory(0));
        if (address == 0) {
            return Set.of();
        }
        long table = offset(address);
        long count = file.u32(table + 24);
        if (count > MOST_EXPORTS) {
            throw new BrokenImageException("it claims to export " + count + " names");
        }
        long names = offset(file.u32(table + 32));
        Set<String> exports = new HashSet<>();
        for (int i = 0; i < count; i++) {
            exports.add(file.text(offset(file.u32(names + 4L * i))));
        }
        return exports;
    }

    /** Where in the file is what will be at that address in memory. */
    private long offset(long address) {
        long section = optionalHeader() + file.u16(coff + 16);
        for (int i = 0; i < file.u16(coff + 2); i++, section += SECTION_BYTES) {
            long begin = file.u32(section + 12);
            if (address >= begin && address < begin + file.u32(section + 16)) {
                return address - begin + file.u32(section + 20);
            }
        }
        throw new BrokenImageException("it refers to an address in none of its sections");
    }
}
