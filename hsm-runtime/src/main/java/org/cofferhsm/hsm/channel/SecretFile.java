package org.cofferhsm.hsm.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The secret of {@code docs/channel.md}, "The secret file": 128 hexadecimal digits, of which clients show the first half, and the
 * service the second.
 */
final class SecretFile {

    private static final int HALF = 32;
    private static final Set<PosixFilePermission> NOT_FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final byte[] clients;
    private final byte[] services;

    private SecretFile(byte[] secret) {
        this.clients = Arrays.copyOfRange(secret, 0, HALF);
        this.services = Arrays.copyOfRange(secret, HALF, 2 * HALF);
    }

    /**
     * What the file contains, which is made by lot when it is not there. Complains by {@code argumentInvalid} about one that is no
     * secret, or open to others.
     */
    static SecretFile at(Path file) {
        try {
            makeUnlessThere(file);
            requireClosed(file);
            return read(file);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the secret file " + file + " can neither be read nor made: " + e
                            + "; give another --token-file")
                    .causedBy(e);
        }
    }

    private static void makeUnlessThere(Path file) throws IOException {
        byte[] secret = new byte[2 * HALF];
        new SecureRandom().nextBytes(secret);
        byte[] text = (HexFormat.of().formatHex(secret) + "\n").getBytes(US_ASCII);
        try {
            OwnersFile.create(file);
            Files.write(file, text, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            // made by an earlier start, or by an administrator
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    private static void requireClosed(Path file) throws IOException {
        if (!OwnersFile.hasModes(file)) {
            return;
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (found.stream().anyMatch(NOT_FOR_OTHERS::contains)) {
            throw HsmException.argumentInvalid("the secret file " + file + " has the permissions "
                    + PosixFilePermissions.toString(found)
                    + "; others may not read it, and nobody but its owner may write it: run chmod 0600 or 0640 "
                    + file);
        }
    }

    private static SecretFile read(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        byte[] secret = new byte[0];
        try {
            secret = HexFormat.of().parseHex(new String(text, US_ASCII).strip());
            if (secret.length != 2 * HALF) {
                throw new IllegalArgumentException();
            }
            return new SecretFile(secret);
        } catch (IllegalArgumentException e) { // its message would show a part of what may be a secret
            throw HsmException.argumentInvalid("the secret file " + file + " does not consist of " + 4 * HALF
                    + " hexadecimal digits; delete it, and a new one is made");
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Whether that is what clients show; takes as long whatever it is. */
    boolean opensTo(byte[] shown) {
        return MessageDigest.isEqual(clients, shown);
    }

    /** A copy of what the service shows. */
    byte[] proof() {
        return services.clone();
    }

    /** Forgets it. */
    void wipe() {
        Arrays.fill(clients, (byte) 0);
        Arrays.fill(services, (byte) 0);
    }
}
