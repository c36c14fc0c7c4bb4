package org.cofferhsm.hsm.migration.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A token in a slot of another module. */
public final class ForeignToken {

    private static final int WORD = 8;
    /** CKF_SERIAL_SESSION and CKF_RW_SESSION. */
    private static final long READ_AND_WRITE = 6;

    private static final long USER = 1;

    private final Cryptoki calls;
    private final long slot;
    private final String label;

    ForeignToken(Cryptoki calls, long slot, String label) {
        this.calls = calls;
        this.slot = slot;
        this.label = label;
    }

    public long slot() {
        return slot;
    }

    public String label() {
        return label;
    }

    /** The CKM_* numbers that the token lists. */
    public Set<Long> mechanisms() {
        NativeLongByReference count = new NativeLongByReference();
        calls.require(CryptokiCall.GET_MECHANISM_LIST, new NativeLong(slot), Pointer.NULL, count);
        Memory list = new Memory(Math.max(1, count.getValue().longValue()) * WORD);
        calls.require(CryptokiCall.GET_MECHANISM_LIST, new NativeLong(slot), list, count);
        return Arrays.stream(list.getLongArray(0, count.getValue().intValue()))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A session as the token's user. The PIN, in UTF-8, stays the caller's to wipe. */
    public ForeignSession login(byte[] pin) {
        NativeLongByReference handle = new NativeLongByReference();
        calls.require(
                CryptokiCall.OPEN_SESSION,
                new NativeLong(slot),
                new NativeLong(READ_AND_WRITE),
                Pointer.NULL,
                Pointer.NULL,
                handle);
        ForeignSession session = new ForeignSession(calls, handle.getValue());
        try {
            login(handle.getValue(), pin);
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
