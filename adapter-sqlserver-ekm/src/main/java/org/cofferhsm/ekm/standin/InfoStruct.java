package org.cofferhsm.ekm.standin;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.cofferhsm.ekm.KeyFlag;
import org.cofferhsm.ekm.ProviderInfo;

/** The struct SqlCpProviderInfo, by its offsets on 64-bit systems. */
final class InfoStruct {

    /** Its size. */
    static final int BYTES = 64;

    private InfoStruct() {}

    /** @param name from the buffer that the struct starts with */
    static ProviderInfo read(Pointer struct, String name) {
        return new ProviderInfo(
                name,
                guid(struct),
                version(struct, 32),
                version(struct, 38),
                struct.getInt(44),
                KeyFlag.ofBits(struct.getInt(48)),
                KeyFlag.ofBits(struct.getInt(52)),
                struct.getInt(56),
                struct.getByte(60) != 0);
    }

    /** A Windows GUID: a number of 32 bits and two of 16, then eight bytes. */
    private static UUID guid(Pointer struct) {
        long high = (struct.getInt(16) & 0xffffffffL) << 32
                | (struct.getShort(20) & 0xffffL) << 16
                | (struct.getShort(22) & 0xffffL);
        return new UUID(high, ByteBuffer.wrap(struct.getByteArray(24, 8)).getLong());
    }

    private static ProviderInfo.Version version(Pointer struct, int offset) {
        return new ProviderInfo.Version(
                struct.getByte(offset),
                struct.getByte(offset + 1),
                struct.getShort(offset + 2),
                struct.getByte(offset + 4));
    }
}
