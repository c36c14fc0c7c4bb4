package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.jar.JarNames;

/** JARs have signatures of their own, whose halves cannot be made apart; says so. */
final class JarNotice {

    private JarNotice() {}

    /** Opens a file to be signed. */
    static OpenFile open(Path file) throws IOException {
        try {
            return OpenFile.read(file);
        } catch (UnrecognizedFormatException e) {
            if (JarNames.isJar(file)) {
                throw new SignToolException(
                        file.getFileName()
                                + " is a JAR, whose signature cannot be prepared here and made elsewhere; sign it where the key"
                                + " is: coffer signtool sign",
                        e);
            }
            throw e;
        }
    }
}
