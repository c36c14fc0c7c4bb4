package org.cofferhsm.hsm.session.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.policy.PinRules;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/**
 * A user as the store keeps it; the verifier of the PIN is the record's secret.
 *
 * @param failures wrong PINs in a row
 * @param activated whether there is a PIN yet
 */
record UserAccount(long id, String name, Role role, int failures, boolean activated) {

    private static final int VERSION = 1;

    boolean locked() {
        return failures >= PinRules.MAX_FAILURES;
    }

    UserAccount withFailures(int count) {
        return new UserAccount(id, name, role, count, activated);
    }

    /** The same with a new PIN: no failures, and activated. */
    UserAccount withNewPin() {
        return new UserAccount(id, name, role, 0, true);
    }

    UserInfo info() {
        return new UserInfo(name, role, locked(), activated);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(name);
            out.writeUTF(role.name());
            out.writeInt(failures);
            out.writeBoolean(activated);
        } catch (IOException e) { // not in memory
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static UserAccount decode(long id, byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            if (in.readByte() != VERSION) {
                throw HsmException.storeVersionUnsupported(
                        "the user record " + id + " was written by a newer version of Coffer");
            }
            return new UserAccount(id, in.readUTF(), Role.valueOf(in.readUTF()), in.readInt(), in.readBoolean());
        } catch (IOException e) { // the record is authentic, so it is whole
            throw new UncheckedIOException(e);
        }
    }
}
