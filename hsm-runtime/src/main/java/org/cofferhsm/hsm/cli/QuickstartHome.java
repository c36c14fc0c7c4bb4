package org.cofferhsm.hsm.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.PrivateFile;
import org.cofferhsm.hsm.command.SecretSource;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;

/**
 * The directory of {@code coffer quickstart}: a module, the PINs of its users ({@code pins/}), and the files of the
 * steps, one directory each.
 */
record QuickstartHome(Path directory) {

    private static final int PIN_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    Path pinFile(String user) {
        return pins().resolve(user + ".pin");
    }

    private Path pins() {
        return directory.resolve("pins");
    }

    boolean hasPin(String user) {
        return Files.exists(pinFile(user));
    }

    /** The {@code user:pin} of a user who is about to be created: made up and written down before it is needed. */
    Credentials newCredentials(String user) {
        if (!hasPin(user)) { // there when an earlier run stopped before it created the user
            PrivateFile.createDirectories(pins());
            PrivateFile.write(pinFile(user), (user + ":" + randomPin() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return credentials(user);
    }

    /** The {@code user:pin} of a user who exists; another PIN than the written one would only lock the user. */
    Credentials credentials(String user) {
        if (!hasPin(user)) {
            throw HsmException.argumentInvalid("the file " + pinFile(user)
                    + " is missing, which holds the PIN of the user "
                    + user + "; put it back, or have the admin set a new PIN by coffer user change-password and write"
                    + " user:pin there, or remove " + directory + " and start again");
        }
        return Credentials.parse(SecretSource.firstLine(pinFile(user)), Optional.empty())
                .orElseThrow(() -> HsmException.argumentInvalid("the file " + pinFile(user)
                        + " does not hold user:pin; remove " + directory + " and start again"));
    }

    private static String randomPin() {
        byte[] bytes = new byte[PIN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The directory for a step's files. */
    Path stepDirectory(String user) {
        Path step = directory.resolve(user);
        PrivateFile.createDirectories(step);
        return step;
    }

    /** The module, open; the caller closes it. */
    ModuleAccess open() {
        return ModuleAccess.to(directory, KeyFile.in(directory));
    }

    Session login(ModuleAccess module, String user) {
        try (Credentials credentials = credentials(user)) {
            return Login.open(module, credentials);
        }
    }
}
