package org.cofferhsm.signtool.format.pe;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** PE images for any processor, 32 and 64 bits, native and .NET: exe, dll, sys, efi. */
public final class PeFormat implements Format {

    @Override
    public String name() {
        return "PE image";
    }

    /** By both of its marks, as programs for DOS have the first one too. */
    @Override
    public boolean recognizes(Source source) throws IOException {
        if (source.size() < PeHeaders.DOS_HEADER_BYTES) {
            return false;
        }
        ByteBuffer dos = source.head(PeHeaders.DOS_HEADER_BYTES);
        long start = Integer.toUnsignedLong(dos.getInt(PeHeaders.DOS_NEW_HEADER));
        return dos.getShort(0) == PeHeaders.DOS_MARK
                && start + Integer.BYTES <= source.size()
                && source.read(start, Integer.BYTES).getInt() == PeHeaders.PE_MARK;
    }

    @Override
    public SignableFile open(Source source) throws IOException {
        return new PeFile(source, PeHeaders.read(source));
    }
}
