package org.cofferhsm.signtool.commandline.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;

/** JARs have signatures of their own, which SignTool does not make; says who does. */
final class JarNotice {

    private JarNotice() {}

    /** Opens a file to be signed. */
    static OpenFile open(Path file) throws IOException {
        try {
            return OpenFile.read(file);
        } catch (UnrecognizedFormatException e) {
            if (String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".jar")) {
                throw new SignToolException(
                        file.getFileName()
                                + " is a JAR, which SignTool does not sign: jarsigner does, with the same key:"
                                + " jarsigner -keystore NONE -storetype Coffer " + file.getFileName() + " ALIAS",
                        e);
            }
            throw e;
        }
    }
}
