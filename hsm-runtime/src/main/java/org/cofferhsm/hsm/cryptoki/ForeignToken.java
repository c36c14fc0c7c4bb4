package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A token in a slot of a module. */
public final class ForeignToken {

    /** CKF_SERIAL_SESSION and CKF_RW_SESSION. */
    private static final long READ_AND_WRITE = 6;

    private static final long USER = 1;
    private static final long WRITE_PROTECTED = 2;

    private final Cryptoki calls;
    private final long slot;
    private final String label;
    private final long flags;

    ForeignToken(Cryptoki calls, long slot, String label, long flags) {
        this.calls = calls;
        this.slot = slot;
        this.label = label;
        this.flags = flags;
    }

    /** CKF_WRITE_PROTECTED: the token stores nothing new. */
    public boolean isWriteProtected() {
        return (flags & WRITE_PROTECTED) != 0;
    }

    public long slot() {
        return slot;
    }

    public String label() {
        return label;
    }

    /** The CKM_* numbers that the token lists. */
    public Set<Long> mechanisms() {
        Words count = calls.words(1);
        calls.require(CryptokiCall.GET_MECHANISM_LIST, new NativeLong(slot), Pointer.NULL, count.start());
        Words list = calls.words((int) count.first());
        calls.require(CryptokiCall.GET_MECHANISM_LIST, new NativeLong(slot), list.start(), count.start());
        return Arrays.stream(list.all((int) count.first())).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** A session as the token's user. The PIN, in UTF-8, stays the caller's to wipe. */
    public ForeignSession login(byte[] pin) {
        Words handle = calls.words(1);
        calls.require(
                CryptokiCall.OPEN_SESSION,
                new NativeLong(slot),
                new NativeLong(READ_AND_WRITE),
                Pointer.NULL,
                Pointer.NULL,
                handle.start());
        ForeignSession session = new ForeignSession(calls, handle.asHandle());
        try {
            login(handle.asHandle(), pin);
            return session;
        } catch (CryptokiException e) {
            session.close();
            throw e;
        }
    }

    private void login(NativeLong session, byte[] pin) {
        Memory copy = NativeBytes.of(pin);
        try {
            long result =
                    calls.call(CryptokiCall.LOGIN, session, new NativeLong(USER), copy, new NativeLong(pin.length));
            if (result != ReturnValue.OK && result != ReturnValue.USER_ALREADY_LOGGED_IN) {
                throw new CryptokiException(CryptokiCall.LOGIN, result);
            }
        } finally {
            copy.clear();
        }
    }
}
