package org.cofferhsm.hsm.session.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.cofferhsm.hsm.user.Role;

/** Version 1 of a stored user: one PIN. Its secret is that PIN's verifier. */
final class UserRecordV1 {

    static final int VERSION = 1;

    private UserRecordV1() {}

    static byte[] encode(UserAccount account) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, account);
        } catch (IOException e) { // not in memory
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void write(DataOutputStream out, UserAccount account) throws IOException {
        out.writeUTF(account.name());
        out.writeUTF(account.role().name());
        out.writeInt(account.failures());
        out.writeBoolean(account.activated());
    }

    static UserAccount decode(long id, byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            in.readByte();
            return read(id, in);
        } catch (IOException e) { // the record is authentic, so it is whole
            throw new UncheckedIOException(e);
        }
    }

    static UserAccount read(long id, DataInputStream in) throws IOException {
        return new UserAccount(
                id, in.readUTF(), Role.valueOf(in.readUTF()), in.readInt(), in.readBoolean(), Optional.empty());
    }
}
