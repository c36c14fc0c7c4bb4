package org.cofferhsm.hsm.session.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.cofferhsm.hsm.key.Octets;

/**
 * What stands for a login: who logged in, with which PIN, and for whom.
 *
 * @param account the user's record; a later user of the same name has another
 * @param user the user's name, for the audit log
 * @param pin a keyed digest of the verifier of the PIN that was given
 * @param holder a keyed digest of the process that it was given to
 */
record Ticket(long account, String user, Octets pin, Octets holder, Instant issued, Instant expires) {

    /** How far two clocks, or one that is put right, may differ. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** Whether it is good at this time: one from the future would live longer than it should. */
    boolean isGoodAt(Instant now) {
        return now.isBefore(expires) && !issued.isAfter(now.plus(CLOCK_TOLERANCE));
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(account);
            out.writeUTF(user);
            out.writeByte(pin.length());
            out.write(pin.toByteArray());
            out.writeByte(holder.length());
            out.write(holder.toByteArray());
            out.writeLong(issued.toEpochMilli());
            out.writeLong(expires.toEpochMilli());
        } catch (IOException e) { // not in memory
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads one that is known to be authentic. */
    static Ticket decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            return new Ticket(
                    in.readLong(),
                    in.readUTF(),
                    Octets.of(in.readNBytes(in.readUnsignedByte())),
                    Octets.of(in.readNBytes(in.readUnsignedByte())),
                    Instant.ofEpochMilli(in.readLong()),
                    Instant.ofEpochMilli(in.readLong()));
        } catch (IOException e) { // it is authentic, so it is whole
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "Ticket of " + user;
    }
}
