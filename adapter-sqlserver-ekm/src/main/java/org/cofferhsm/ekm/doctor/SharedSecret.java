package org.cofferhsm.ekm.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/** What a secret file contains: the half that a client shows, and the one that the service does; closing wipes them. */
final class SharedSecret implements AutoCloseable {

    private static final int HALF = 32;

    private static final Set<PosixFilePermission> NOT_FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final byte[] both;

    private SharedSecret(byte[] both) {
        this.both = both;
    }

    static SharedSecret of(Path file) {
        byte[] text = read(file);
        char[] digits = new char[4 * HALF];
        try {
            requireLineOf(digits.length, text, file);
            for (int i = 0; i < digits.length; i++) {
                digits[i] = (char) text[i];
            }
            return new SharedSecret(HexFormat.of().parseHex(digits, 0, digits.length));
        } catch (IllegalArgumentException e) { // its message would show a part of what may be a secret
            throw noSecret(file);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(digits, '\0');
        }
    }

    /** So many bytes, and at most a line end. */
    private static void requireLineOf(int length, byte[] text, Path file) {
        boolean right = text.length >= length;
        for (int i = length; i < text.length; i++) {
            right &= text[i] == '\n' || text[i] == '\r';
        }
        if (!right) {
            throw noSecret(file);
        }
    }

    private static byte[] read(Path file) {
        try {
            requireClosed(file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the secret file " + file + " cannot be read: " + e)
                    .causedBy(e);
        }
    }

    /** The native library takes what it can read, but the service and all commands refuse such a file. */
    private static void requireClosed(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!Collections.disjoint(found, NOT_FOR_OTHERS)) {
            throw HsmException.argumentInvalid("the secret file " + file + " has the permissions "
                    + PosixFilePermissions.toString(found) + "; run chmod 0600 or 0640 " + file);
        }
    }

    private static HsmException noSecret(Path file) {
        return HsmException.argumentInvalid("the secret file " + file + " does not consist of " + 4 * HALF
                + " hexadecimal digits; name the one of the service");
    }

    /** A copy of what a client shows. */
    byte[] shown() {
        return Arrays.copyOf(both, HALF);
    }

    /** Complains by {@code serviceRefused} when that is not what the service shows. */
    void requireProof(byte[] proof) {
        byte[] expected = Arrays.copyOfRange(both, HALF, 2 * HALF);
        boolean right = MessageDigest.isEqual(expected, proof);
        Arrays.fill(expected, (byte) 0);
        if (!right) {
            throw HsmException.serviceRefused("what answers does not show the other half of the secret file; it is"
                    + " another program than coffer serve, or one that asks for no secret on that socket");
        }
    }

    @Override
    public void close() {
        Arrays.fill(both, (byte) 0);
    }
}
