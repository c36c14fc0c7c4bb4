package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A module, initialised; finalised by {@link #close} unless somebody else in this process uses it. */
public final class ForeignModule implements AutoCloseable {

    private static final int WORD = 8;
    /** CK_C_INITIALIZE_ARGS: four functions for mutexes, flags, and one word that is reserved. */
    private static final int ARGUMENTS_BYTES = 6 * WORD;

    private static final int FLAGS = 4 * WORD;
    /** CKF_OS_LOCKING_OK: this process has threads. */
    private static final long OS_LOCKING_OK = 2;

    private static final int LABEL_BYTES = 32;
    /** More than CK_TOKEN_INFO has. */
    private static final int TOKEN_INFO_BYTES = 512;

    /** After label, manufacturer, model and serial number. */
    private static final int TOKEN_FLAGS = 96;

    private static final long TOKEN_INITIALIZED = 0x400;

    private static final byte PRESENT = 1;

    private final Cryptoki calls;
    private final boolean ours;

    private ForeignModule(Cryptoki calls, boolean ours) {
        this.calls = calls;
        this.ours = ours;
    }

    public static ForeignModule open(Path file) {
        return open(Cryptoki.load(file));
    }

    /** Initialises a module that is loaded already. */
    public static ForeignModule open(Cryptoki calls) {
        Memory arguments = new Memory(ARGUMENTS_BYTES);
        arguments.clear();
        arguments.setNativeLong(FLAGS, new NativeLong(OS_LOCKING_OK));
        long result = calls.call(CryptokiCall.INITIALIZE, arguments);
        if (result != ReturnValue.OK && result != ReturnValue.CRYPTOKI_ALREADY_INITIALIZED) {
            throw new CryptokiException(CryptokiCall.INITIALIZE, result);
        }
        return new ForeignModule(calls, result == ReturnValue.OK);
    }

    /** The initialised tokens in the module's slots. */
    public List<ForeignToken> tokens() {
        return Arrays.stream(slots())
                .mapToObj(this::token)
                .flatMap(Optional::stream)
                .toList();
    }

    private long[] slots() {
        Words count = calls.words(1);
        calls.require(CryptokiCall.GET_SLOT_LIST, PRESENT, Pointer.NULL, count.start());
        if (count.first() == 0) {
            return new long[0];
        }
        Words slots = calls.words((int) count.first());
        calls.require(CryptokiCall.GET_SLOT_LIST, PRESENT, slots.start(), count.start());
        return slots.all((int) count.first());
    }

    private Optional<ForeignToken> token(long slot) {
        Memory info = new Memory(TOKEN_INFO_BYTES);
        info.clear();
        calls.require(CryptokiCall.GET_TOKEN_INFO, new NativeLong(slot), info);
        long flags = info.getLong(TOKEN_FLAGS);
        if ((flags & TOKEN_INITIALIZED) == 0) {
            return Optional.empty(); // SoftHSM's way of offering room for one
        }
        String label = new String(info.getByteArray(0, LABEL_BYTES), StandardCharsets.UTF_8);
        return Optional.of(new ForeignToken(calls, slot, label.stripTrailing(), flags));
    }

    @Override
    public void close() {
        if (ours) {
            calls.require(CryptokiCall.FINALIZE, Pointer.NULL);
        }
    }
}
