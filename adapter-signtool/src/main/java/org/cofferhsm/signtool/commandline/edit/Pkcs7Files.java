package org.cofferhsm.signtool.commandline.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;
import org.cofferhsm.signtool.file.SafeReplacement;
import org.cofferhsm.signtool.timestamp.TimestampException;

/** PKCS#7 files with their content in them, changed in one safe step. */
final class Pkcs7Files {

    private static final long LARGEST = 128L << 20;

    private Pkcs7Files() {}

    static void change(Path file, IndexedStamp stamp) throws IOException, TimestampException {
        SafeReplacement replacement = SafeReplacement.of(file);
        if (Files.size(file) > LARGEST) {
            throw HsmException.dataInvalid(file + " is too large for a PKCS#7 file");
        }
        byte[] stamped =
                stamp.of(AuthenticodeSignature.parse(Files.readAllBytes(file))).encoded();
        replacement.by(
                target -> {
                    ByteBuffer rest = ByteBuffer.wrap(stamped);
                    while (rest.hasRemaining()) {
                        target.write(rest);
                    }
                },
                written -> AuthenticodeSignature.parse(Files.readAllBytes(written)));
    }
}
