package org.cofferhsm.hsm.audit;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/** A change mark, or none, as bytes: a flag, the change number, an 8-bit length and the root digest. */
final class Marks {

    /** The longest root digest; HMAC-SHA-512 would fit. */
    static final int MAX_ROOT = 64;

    /** The longest encoding. */
    static final int MAX_BYTES = 1 + Long.BYTES + 1 + MAX_ROOT;

    private Marks() {}

    static int size(Optional<ChangeMark> mark) {
        return mark.map(present -> 1 + Long.BYTES + 1 + checkedRoot(present).length())
                .orElse(1);
    }

    static void write(Optional<ChangeMark> mark, ByteBuffer out) {
        if (mark.isEmpty()) {
            out.put((byte) 0);
            return;
        }
        ChangeMark present = mark.get();
        out.put((byte) 1).putLong(present.change());
        out.put((byte) present.root().length()).put(present.root().toByteArray());
    }

    static Optional<ChangeMark> read(Blocks in) throws MalformedRecordException {
        int flag = in.octet();
        if (flag == 0) {
            return Optional.empty();
        }
        long change = in.number();
        int length = in.octet();
        if (flag != 1 || length > MAX_ROOT) {
            throw new MalformedRecordException("its change mark is wrong");
        }
        return Optional.of(new ChangeMark(change, Octets.of(in.bytes(length))));
    }

    private static Octets checkedRoot(ChangeMark mark) {
        if (mark.root().length() > MAX_ROOT) {
            throw HsmException.argumentInvalid("a store root has at most " + MAX_ROOT + " bytes, not "
                    + mark.root().length());
        }
        return mark.root();
    }
}
