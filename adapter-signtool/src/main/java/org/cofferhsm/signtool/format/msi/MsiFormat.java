package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** Installer databases, transforms and patches: msi, mst, msp. */
public final class MsiFormat implements Format {

    /** The classes of their roots; other compound files, documents for instance, have others. */
    private static final Set<Octets> CLASSES = Set.of(classId("82"), classId("84"), classId("86"));

    private static Octets classId(String last) {
        return Octets.ofHex(last + "100c0000000000c000000000000046");
    }

    @Override
    public String name() {
        return "installer database";
    }

    @Override
    public boolean recognizes(Source source) throws IOException {
        if (source.size() < CompoundHeader.BYTES) {
            return false;
        }
        ByteBuffer header = source.head(CompoundHeader.BYTES);
        long root = CompoundHeader.rootOffset(header);
        return header.getLong(0) == CompoundHeader.MARK
                && root > 0
                && root + DirectoryEntry.BYTES <= source.size()
                && CLASSES.contains(DirectoryEntry.read(source, 0, root).classId());
    }

    @Override
    public SignableFile open(Source source) throws IOException {
        return new MsiFile(CompoundFile.read(source), true);
    }
}
