package org.cofferhsm.hsm.session.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Version 2 of a stored user: what version 1 has, and until when an old PIN is good. Its secret has both verifiers. */
final class UserRecordV2 {

    static final int VERSION = 2;

    private UserRecordV2() {}

    static byte[] encode(UserAccount account) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            UserRecordV1.write(out, account);
            out.writeLong(account.oldPinUntil().orElseThrow().toEpochMilli());
        } catch (IOException e) { // not in memory
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static UserAccount decode(long id, byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            in.readByte();
            return UserRecordV1.read(id, in).withOldPinUntil(Instant.ofEpochMilli(in.readLong()));
        } catch (IOException e) { // the record is authentic, so it is whole
            throw new UncheckedIOException(e);
        }
    }
}
