package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;

/** Signs a file and removes the signature again, until it is killed; says so each time. */
final class SigningProgram {

    private SigningProgram() {}

    public static void main(String... arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        AuthenticodeSignature signature = AuthenticodeSignature.parse(Files.readAllBytes(Path.of(arguments[1])));
        while (true) {
            SignatureWriter.replace(file, signature);
            System.out.println("signed");
            SignatureWriter.remove(file);
            System.out.println("removed");
        }
    }
}
