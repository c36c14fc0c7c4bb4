package org.cofferhsm.signtool.format.cab;

import java.io.IOException;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** Cabinets ("Microsoft Cabinet Format", MS-CAB) of one volume. */
public final class CabFormat implements Format {

    @Override
    public String name() {
        return "cabinet";
    }

    @Override
    public boolean recognizes(Source source) throws IOException {
        return source.size() >= Integer.BYTES && source.head(Integer.BYTES).getInt() == CabHeader.MARK;
    }

    @Override
    public SignableFile open(Source source) throws IOException {
        CabHeader header = CabHeader.read(source);
        CabEntries.requireSound(source, header, CabFolders.unpacked(source, header));
        return new CabFile(source, header);
    }
}
