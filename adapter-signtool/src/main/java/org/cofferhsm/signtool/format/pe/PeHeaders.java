package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Source;

/**
 * Where the parts of a PE image are that signing must know ("PE Format", Optional Header and Section Table). All of
 * them lie inside the file.
 *
 * @param checksum where the field CheckSum is
 * @param directory where the entry of the certificate table is in the data directories
 * @param headers the size of all headers, as the loader maps them
 * @param page the size of a page in memory (SectionAlignment)
 * @param sections the raw data of the sections that have some, in the order of the table
 * @param table the certificate table; empty for an unsigned file
 */
record PeHeaders(long checksum, long directory, int headers, long page, List<Range> sections, Range table) {

    static final int DOS_HEADER_BYTES = 64;
    static final int DOS_NEW_HEADER = 60;
    static final short DOS_MARK = 0x5a4d;
    static final int PE_MARK = 0x4550;

    static final int CHECKSUM_BYTES = 4;
    static final int DIRECTORY_BYTES = 8;

    private static final int COFF_HEADER_BYTES = 24;
    private static final int COFF_SECTIONS = 6;
    private static final int COFF_OPTIONAL_SIZE = 20;
    private static final int OPTIONAL_PAGE = 32;
    private static final int OPTIONAL_HEADERS = 60;
    private static final int OPTIONAL_CHECKSUM = 64;
    private static final int SECTION_BYTES = 40;
    private static final int SECTION_RAW_SIZE = 16;
    private static final int SECTION_RAW_START = 20;
    private static final int CERTIFICATE_TABLE = 4;

    static PeHeaders read(Source source) throws IOException {
        long start = Integer.toUnsignedLong(
                source.read(DOS_NEW_HEADER, Integer.BYTES).getInt());
        ByteBuffer coff = source.read(start, COFF_HEADER_BYTES);
        long optionalStart = start + COFF_HEADER_BYTES;
        ByteBuffer optional = source.read(optionalStart, unsigned(coff.getShort(COFF_OPTIONAL_SIZE)));
        long sectionTable = optionalStart + optional.limit();
        int count = unsigned(coff.getShort(COFF_SECTIONS));
        int directory = directory(source, optional);
        PeHeaders headers = new PeHeaders(
                optionalStart + OPTIONAL_CHECKSUM,
                optionalStart + directory,
                optional.getInt(OPTIONAL_HEADERS),
                unsigned(optional.getInt(OPTIONAL_PAGE)),
                sections(source, sectionTable, count),
                table(optional, directory));
        headers.requireOrder(source);
        headers.requireSigned(source, sectionTable + (long) count * SECTION_BYTES);
        return headers;
    }

    private static int directory(Source source, ByteBuffer optional) {
        OptionalHeader kind = OptionalHeader.of(source, optional);
        int directory = kind.directories() + CERTIFICATE_TABLE * DIRECTORY_BYTES;
        if (directory + DIRECTORY_BYTES > optional.limit()
                || unsigned(optional.getInt(kind.directories() - Integer.BYTES)) <= CERTIFICATE_TABLE) {
            throw damaged(source, "its headers have no room for a certificate table");
        }
        return directory;
    }

    private static List<Range> sections(Source source, long start, int count) throws IOException {
        ByteBuffer table = source.read(start, count * SECTION_BYTES);
        List<Range> sections = new ArrayList<>();
        for (int section = 0; section < table.limit(); section += SECTION_BYTES) {
            long first = unsigned(table.getInt(section + SECTION_RAW_START));
            Range range = new Range(first, unsigned(table.getInt(section + SECTION_RAW_SIZE)));
            if (!range.isEmpty() && first != 0) {
                sections.add(range);
            }
        }
        return List.copyOf(sections);
    }

    private static Range table(ByteBuffer optional, int directory) {
        Range range =
                new Range(unsigned(optional.getInt(directory)), unsigned(optional.getInt(directory + Integer.BYTES)));
        return range.isEmpty() ? Range.EMPTY : range;
    }

    /** The hashed part of the file must reach over headers and sections, or somebody could hide code behind it. */
    private void requireOrder(Source source) {
        if (headers < directory + DIRECTORY_BYTES || headers > source.size()) {
            throw damaged(source, "its headers claim to have " + Integer.toUnsignedString(headers) + " bytes");
        }
        long end = sections.isEmpty() ? headers : 0;
        for (Range section : sections) {
            end = Math.max(end, section.end());
        }
        if (end > contentEnd(source)) {
            throw damaged(
                    source,
                    table.isEmpty()
                            ? "its sections end at " + end + ", behind the end of the file"
                            : "its certificate table overlaps its sections");
        }
        if (table.end() > source.size() || !table.isEmpty() && table.start() < headers) {
            throw damaged(source, "its certificate table lies outside the file or in the headers");
        }
    }

    /** A section table inside the certificate table could be replaced without the digest telling. */
    private void requireSigned(Source source, long sectionTableEnd) {
        if (sectionTableEnd > contentEnd(source)) {
            throw damaged(source, "its section table is outside of the part that is signed");
        }
    }

    /** Where the signed part of the file ends. */
    long contentEnd(Source source) {
        return table.isEmpty() ? source.size() : table.start();
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    private static HsmException damaged(Source source, String what) {
        return HsmException.dataInvalid(source.path() + " is a damaged PE image: " + what);
    }

    /** The two kinds of optional headers, and where the data directories start in them. */
    private enum OptionalHeader {
        PE32(0x10b, 96),
        PE32_PLUS(0x20b, 112);

        private final int magic;
        private final int directories;

        OptionalHeader(int magic, int directories) {
            this.magic = magic;
            this.directories = directories;
        }

        int directories() {
            return directories;
        }

        static OptionalHeader of(Source source, ByteBuffer optional) {
            int magic = optional.limit() < Short.BYTES ? 0 : unsigned(optional.getShort(0));
            for (OptionalHeader kind : values()) {
                if (kind.magic == magic && optional.limit() >= kind.directories) {
                    return kind;
                }
            }
            throw damaged(source, "its optional header is neither PE32 nor PE32+");
        }
    }
}
