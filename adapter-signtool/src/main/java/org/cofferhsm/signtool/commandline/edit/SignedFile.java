package org.cofferhsm.signtool.commandline.edit;

import java.io.IOException;
import java.nio.file.Path;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.file.OpenFile;
import org.cofferhsm.signtool.file.UnrecognizedFormatException;
import org.cofferhsm.signtool.jar.JarNames;

/** A file whose signature shall be changed; JARs have signatures of another kind, which are made anew only. */
final class SignedFile {

    private SignedFile() {}

    /** Opens it. */
    static OpenFile open(Path file) throws IOException {
        try {
            return OpenFile.read(file);
        } catch (UnrecognizedFormatException e) {
            if (JarNames.isJar(file)) {
                throw new SignToolException(
                        file.getFileName()
                                + " is a JAR, whose signatures are not changed here; coffer signtool sign makes"
                                + " a new one, with its timestamp",
                        e);
            }
            throw e;
        }
    }
}
