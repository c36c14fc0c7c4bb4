package org.cofferhsm.signtool.format.appx;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A file that goes into an archive uncompressed: what a compressor makes depends on its version, and the same package
 * must become the same bytes everywhere.
 */
record StoredData(PackageFile file, byte[] content) {

    byte[] name() {
        return file.path().getBytes(StandardCharsets.UTF_8);
    }

    int crc() {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }
}
