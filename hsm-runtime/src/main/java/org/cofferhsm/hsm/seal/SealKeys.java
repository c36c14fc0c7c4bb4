package org.cofferhsm.hsm.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.PassphraseKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.SecretBytes;

/** The 256-bit key that a secret stands for: a key file's content, or what Argon2id makes of a passphrase. */
final class SealKeys {

    private static final int KEY_FILE_BYTES = 32;

    private SealKeys() {}

    /** The key, which the caller closes. */
    static SecretBytes of(SealSecret secret, SealHeader header) throws IOException {
        if (secret instanceof PassphraseSecret passphrase) {
            return PassphraseKey.derive(
                    passphrase.characters(), header.stretching().orElseThrow());
        }
        return read(((KeyFileSecret) secret).path());
    }

    /** Complains about a new seal that would seal nothing: an empty file in place of a passphrase is a mistake. */
    static void requireFit(SealSecret secret) {
        if (secret instanceof PassphraseSecret passphrase && passphrase.characters().length == 0) {
            throw HsmException.argumentInvalid(
                    "the passphrase is empty, so anybody could unlock the module; choose one,"
                            + " or look at the file or variable that it came from");
        }
    }

    /** Makes the key file that a new seal needs, where there is none yet. */
    static void provide(SealSecret secret, Engine engine) throws IOException {
        if (secret instanceof KeyFileSecret file && Files.notExists(file.path())) {
            byte[] key = engine.randomBytes(KEY_FILE_BYTES);
            try {
                PrivateFiles.create(file.path(), key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    private static SecretBytes read(Path file) throws IOException {
        try {
            String openness = PrivateFiles.openness(file);
            if (!openness.isEmpty()) {
                throw HsmException.unlockRefused("the key file " + file + " is open to others than its owner ("
                        + openness + "); run: chmod 600 " + file);
            }
            if (Files.size(file) != KEY_FILE_BYTES) {
                throw HsmException.unlockRefused("the key file " + file + " has " + Files.size(file)
                        + " bytes instead of 32; name the file that was made with the module");
            }
            return SecretBytes.owning(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw HsmException.unlockRefused("there is no key file " + file
                            + "; name the file that was made with the module, or put it back")
                    .causedBy(e);
        }
    }
}
