package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The newest version of the GNU C library that a shared library asks for, from its section of needed versions
 * (SHT_GNU_verneed; Linux Standard Base, Symbol Versioning). An older system refuses to load it: ORA-28376.
 */
public record GlibcNeed(int major, int minor) implements Comparable<GlibcNeed> {

    /** What a release of Oracle Linux brings. */
    public enum System {
        ORACLE_LINUX_7("Oracle Linux 7", new GlibcNeed(2, 17)),
        ORACLE_LINUX_8("Oracle Linux 8", new GlibcNeed(2, 28)),
        ORACLE_LINUX_9("Oracle Linux 9", new GlibcNeed(2, 34));

        private final String text;
        private final GlibcNeed has;

        System(String text, GlibcNeed has) {
            this.text = text;
            this.has = has;
        }

        /** Whether a library with that need loads there. */
        public boolean satisfies(GlibcNeed need) {
            return need.compareTo(has) <= 0;
        }

        @Override
        public String toString() {
            return text + " (glibc " + has + ")";
        }
    }

    private static final Pattern VERSION = Pattern.compile("GLIBC_([0-9]{1,4})\\.([0-9]{1,4})(\\.[0-9]+)*");
    private static final int ELF = 0x7f454c46;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int NEEDED_VERSIONS = 0x6ffffffe;
    private static final int SECTIONS_AT = 0x28;
    private static final int SECTION_SIZE_AT = 0x3a;
    private static final int SECTION_COUNT_AT = 0x3c;

    /** Reads it out of an ELF file of 64 bits. */
    public static GlibcNeed of(Path library) {
        try {
            ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(library));
            if (image.getInt(0) != ELF || image.get(4) != CLASS_64 || image.get(5) != LITTLE_ENDIAN) {
                throw notALibrary(library);
            }
            return of(image.order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the library " + library + " cannot be read")
                    .causedBy(e);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw notALibrary(library).causedBy(e);
        }
    }

    private static HsmException notALibrary(Path library) {
        return HsmException.argumentInvalid("the file " + library
                + " is no ELF library of 64 bits; take libcoffer-pkcs11.so from Coffer's native directory");
    }

    private static GlibcNeed of(ByteBuffer image) {
        int start = Math.toIntExact(image.getLong(SECTIONS_AT));
        int size = Short.toUnsignedInt(image.getShort(SECTION_SIZE_AT));
        int count = Short.toUnsignedInt(image.getShort(SECTION_COUNT_AT));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int section = start + i * size;
            if (image.getInt(section + 4) == NEEDED_VERSIONS) {
                int strings = start + image.getInt(section + 0x28) * size;
                names.addAll(new NeededVersions(image, offset(image, section), offset(image, strings)).names());
            }
        }
        return names.stream()
                .map(VERSION::matcher)
                .filter(Matcher::matches)
                .map(found -> new GlibcNeed(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                .max(GlibcNeed::compareTo)
                .orElse(new GlibcNeed(0, 0));
    }

    private static int offset(ByteBuffer image, int section) {
        return Math.toIntExact(image.getLong(section + 0x18));
    }

    /** The linked entries of one section: Elf64_Verneed, each with its Elf64_Vernaux. */
    private record NeededVersions(ByteBuffer image, int start, int strings) {

        private static final int LIMIT = 10_000;

        List<String> names() {
            List<String> all = new ArrayList<>();
            int need = start;
            int next = 1;
            for (int i = 0; next != 0 && i < LIMIT; i++) {
                addOf(need, all);
                next = image.getInt(need + 12);
                need += next;
            }
            return all;
        }

        private void addOf(int need, List<String> all) {
            int version = need + image.getInt(need + 8);
            for (int i = Short.toUnsignedInt(image.getShort(need + 2)); i > 0; i--) {
                all.add(text(strings + image.getInt(version + 8)));
                version += image.getInt(version + 12);
            }
        }

        private String text(int at) {
            int end = at;
            while (image.get(end) != 0) {
                end++;
            }
            return new String(image.array(), at, end - at, StandardCharsets.US_ASCII);
        }
    }

    @Override
    public int compareTo(GlibcNeed other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
