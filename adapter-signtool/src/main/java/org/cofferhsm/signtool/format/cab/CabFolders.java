package org.cofferhsm.signtool.format.cab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.cofferhsm.signtool.format.Source;

/**
 * Whether the folders of a cabinet hold what they say: blocks (MS-CAB 2.4, CFDATA) one behind the other, inside the
 * cabinet, none shared. A signature over a cabinet that programs read in different ways would be worth nothing.
 */
final class CabFolders {

    private static final int BLOCK_BYTES = 8;
    private static final int STORED = 4;
    private static final int UNPACKED = 6;
    private static final int MOST_UNPACKED = 1 << 15;

    private final Source source;
    private final CabHeader header;
    private long end;

    private CabFolders(Source source, CabHeader header) {
        this.source = source;
        this.header = header;
        this.end = header.filesOffset();
    }

    /** The size of each folder's data when it is unpacked. */
    static long[] unpacked(Source source, CabHeader header) throws IOException {
        CabFolders folders = new CabFolders(source, header);
        long[] sizes = new long[header.folders()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = folders.walk(i);
        }
        folders.requireFilled(sizes);
        return sizes;
    }

    /** Where data begin in their blocks is not signed; that the last block ends with the cabinet shows that it is so. */
    private void requireFilled(long[] sizes) {
        boolean empty = LongStream.of(sizes).sum() == 0;
        CabHeader.require(empty || end == header.size(), source, "its data do not end where it ends");
    }

    private long walk(int folder) throws IOException {
        long size = 0;
        int blocks = header.dataBlocks(folder);
        if (blocks > 0) {
            CabHeader.require(header.dataOffset(folder) >= end, source, "its folders share their data");
            end = header.dataOffset(folder);
        }
        for (int i = 0; i < blocks; i++) {
            CabHeader.require(end + BLOCK_BYTES <= header.size(), source, "a folder's data goes beyond its end");
            size += next(source.read(end, BLOCK_BYTES));
        }
        return size;
    }

    private int next(ByteBuffer block) {
        int stored = Short.toUnsignedInt(block.getShort(STORED));
        int unpacked = Short.toUnsignedInt(block.getShort(UNPACKED));
        CabHeader.require(stored > 0 && unpacked > 0 && unpacked <= MOST_UNPACKED, source, "a block's size is absurd");
        end += BLOCK_BYTES + header.reserve().dataBytes() + stored;
        CabHeader.require(end <= header.size(), source, "a folder's data goes beyond its end");
        return unpacked;
    }
}
