package org.cofferhsm.tde.h2;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.MasterKeyId;

/**
 * What a tablespace's header says for good: the letters {@code COFFERH2}, the version, flags (bit 0: pages carry tags),
 * the file's random salt, and the oldest master key of the keystore that made it, which tells its module and user from
 * all others.
 */
record HeaderIdentity(boolean tagged, Octets salt, MasterKeyId origin) {

    static final int SALT_BYTES = 32;
    static final int BYTES = 8 + 1 + 1 + SALT_BYTES + MasterKeyId.LENGTH;

    private static final byte[] MAGIC = HeaderSlot.ascii("COFFERH2");
    private static final byte VERSION = 1;

    static boolean startsHere(byte[] bytes) {
        return Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC);
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .put(VERSION)
                .put((byte) (tagged ? 1 : 0))
                .put(salt.toByteArray())
                .put(origin.bytes().toByteArray())
                .array();
    }

    /** Reads what {@link #encode} wrote, after {@link #startsHere}. */
    static HeaderIdentity decode(byte[] bytes) {
        byte version = bytes[MAGIC.length];
        int flags = bytes[MAGIC.length + 1];
        if (version != VERSION || (flags & ~1) != 0) {
            throw HsmException.storeVersionUnsupported("the tablespace has the format " + version + ", flags " + flags
                    + "; this version of Coffer knows format 1 with flags 0 and 1");
        }
        int saltEnd = BYTES - MasterKeyId.LENGTH;
        return new HeaderIdentity(
                flags == 1,
                Octets.of(Arrays.copyOfRange(bytes, saltEnd - SALT_BYTES, saltEnd)),
                new MasterKeyId(Octets.of(Arrays.copyOfRange(bytes, saltEnd, BYTES))));
    }
}
