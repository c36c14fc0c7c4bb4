package org.cofferhsm.hsm.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
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
    private static final int DIGITS = 4 * HALF;
    /** A line end is all that may follow the digits. */
    private static final int LONGEST = DIGITS + 2;

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
            return readClosed(file, "; delete it, and a new one is made");
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the secret file " + file + " can neither be read nor made: " + e
                            + "; give another --token-file")
                    .causedBy(e);
        }
    }

    /** What the service's file contains; complains likewise, and about one that is not there. */
    static SecretFile existing(Path file) {
        try {
            return readClosed(file, "; name the service's own as token-file");
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the secret file " + file + " cannot be read: " + e
                            + "; nothing was sent to the service: name its own file as token-file")
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

    private static SecretFile readClosed(Path file, String whatToDo) throws IOException {
        requireClosed(file);
        byte[] text = new byte[LONGEST + 1];
        char[] digits = new char[DIGITS];
        byte[] secret = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            requireOneLine(text, in.readNBytes(text, 0, text.length));
            for (int i = 0; i < DIGITS; i++) {
                digits[i] = (char) text[i];
            }
            secret = HexFormat.of().parseHex(digits, 0, DIGITS);
            return new SecretFile(secret);
        } catch (IllegalArgumentException e) { // its message would show a part of what may be a secret
            throw HsmException.argumentInvalid(
                    "the secret file " + file + " does not consist of " + DIGITS + " hexadecimal digits" + whatToDo);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(digits, '\0');
            Arrays.fill(secret, (byte) 0);
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

    private static void requireOneLine(byte[] text, int size) {
        boolean right = size >= DIGITS && size <= LONGEST;
        for (int i = DIGITS; i < size; i++) {
            right &= text[i] == '\n' || text[i] == '\r';
        }
        if (!right) {
            throw new IllegalArgumentException();
        }
    }

    /** Whether that is what clients show; takes as long whatever it is. */
    boolean opensTo(byte[] shown) {
        return MessageDigest.isEqual(clients, shown);
    }

    /** A copy of what clients show. */
    byte[] shown() {
        return clients.clone();
    }

    /** Whether that is what the service shows; takes as long whatever it is. */
    boolean isProvenBy(byte[] proof) {
        return MessageDigest.isEqual(services, proof);
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
