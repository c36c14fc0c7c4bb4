package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.PaddedSignature;
import org.cofferhsm.signtool.format.Source;

/**
 * The certificate table at the end of a signed PE image ("PE Format", The Attribute Certificate Table).
 *
 * @param signatures the entries that are PKCS#7 signatures, in their order
 * @param uncovered what else is there, which no signature covers
 */
record CertificateTable(List<Octets> signatures, Optional<String> uncovered) {

    static final int ALIGNMENT = 8;

    private static final CertificateTable EMPTY = new CertificateTable(List.of(), Optional.empty());

    private static final int HEADER_BYTES = 8;
    private static final int TYPE = 6;
    private static final short REVISION_2 = 0x200;
    private static final short PKCS7 = 2;

    /** Far above any signature, and little enough to read. */
    private static final int MOST_BYTES = 1 << 24;

    private static final int MOST_ENTRIES = 32;

    static CertificateTable read(Source source, Range table) throws IOException {
        if (table.isEmpty()) {
            return EMPTY;
        }
        if (table.size() > MOST_BYTES) {
            throw HsmException.dataInvalid(
                    source.path() + " has a certificate table of " + table.size() + " bytes, which no signature needs");
        }
        CertificateTable read = read(source.read(table.start(), (int) table.size()));
        return table.end() == source.size() ? read : read.hiding("there is data behind the certificate table");
    }

    private static CertificateTable read(ByteBuffer table) {
        CertificateTable read = EMPTY;
        int entries = 0;
        while (table.remaining() >= HEADER_BYTES && table.getInt(table.position()) != 0) {
            if (++entries > MOST_ENTRIES) {
                throw HsmException.dataInvalid("the certificate table has more than " + MOST_ENTRIES + " entries");
            }
            read = read.with(next(table));
        }
        return isBlank(table) ? read : read.hiding("there is data behind the last entry of the certificate table");
    }

    private static ByteBuffer next(ByteBuffer table) {
        long size = Integer.toUnsignedLong(table.getInt(table.position()));
        if (size < HEADER_BYTES || size > table.remaining()) {
            throw HsmException.dataInvalid("an entry of the certificate table claims to have " + size + " bytes");
        }
        int filled = (int) Math.min(table.remaining(), aligned(size)); // what fills it up is looked at, too
        ByteBuffer entry = table.slice(table.position(), filled).order(ByteOrder.LITTLE_ENDIAN);
        table.position(table.position() + filled);
        return entry;
    }

    private static boolean isBlank(ByteBuffer rest) {
        boolean blank = true;
        while (rest.hasRemaining()) {
            blank &= rest.get() == 0;
        }
        return blank;
    }

    private CertificateTable with(ByteBuffer entry) {
        if (entry.getShort(TYPE) != PKCS7) {
            return hiding("an entry of the certificate table is no signature");
        }
        byte[] content = new byte[entry.limit() - HEADER_BYTES];
        entry.get(HEADER_BYTES, content);
        PaddedSignature read = PaddedSignature.of("the signature in the certificate table", content);
        List<Octets> all = new ArrayList<>(signatures);
        all.add(read.signature());
        CertificateTable more = new CertificateTable(List.copyOf(all), uncovered);
        return read.clean() ? more : more.hiding("there is data behind a signature in the certificate table");
    }

    private CertificateTable hiding(String what) {
        return new CertificateTable(signatures, Optional.of(what));
    }

    /** The table that holds these signatures, each padded with zeros, as SignTool does it. */
    static ByteBuffer of(List<Octets> signatures) {
        long size = signatures.stream()
                .mapToLong(one -> aligned(HEADER_BYTES + one.length()))
                .sum();
        if (size > MOST_BYTES || signatures.size() > MOST_ENTRIES) {
            throw HsmException.argumentInvalid("the signatures are too large for a certificate table: " + size);
        }
        ByteBuffer table = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        for (Octets one : signatures) {
            int end = table.position() + (int) aligned(HEADER_BYTES + one.length());
            table.putInt(end - table.position()).putShort(REVISION_2).putShort(PKCS7);
            table.put(one.toByteArray()).position(end);
        }
        return table.flip();
    }

    private static long aligned(long size) {
        return size + padding(size);
    }

    /** The zeros that bring a size to the alignment of the table. */
    static int padding(long size) {
        return (int) (-size & (ALIGNMENT - 1));
    }
}
