package org.cofferhsm.hsm.seal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/**
 * The 256-bit key that a module's other keys come from: in locked memory, lent as a copy for the time of one call, wiped
 * by {@link #close} and when the process ends in order. Safe for use by several threads.
 */
public final class MasterKey implements AutoCloseable {

    /** The length of the key. */
    public static final int BYTES = 32;

    private final Octets module;
    private final LockedMemory memory;
    private final WipeAtExit wipeAtExit;
    private boolean closed;

    private MasterKey(Octets module, LockedMemory memory) {
        this.module = module;
        this.memory = memory;
        this.wipeAtExit = WipeAtExit.of(this::wipe);
    }

    /** A key with a copy of these bytes; wiping them stays with the caller. */
    static MasterKey of(Octets module, byte[] bytes) {
        return of(module, bytes, LockedMemory.ofBytes(BYTES));
    }

    static MasterKey of(Octets module, byte[] bytes, LockedMemory memory) {
        if (bytes.length != BYTES) {
            throw HsmException.keySizeRange("a master key has 32 bytes, not " + bytes.length);
        }
        memory.write(bytes);
        return new MasterKey(module, memory);
    }

    /** The identity of the module, made with its master key and authenticated by its seal; 16 bytes. */
    public Octets module() {
        return module;
    }

    /** Lends a copy of the key for the time of one call; it is wiped afterwards. */
    public <T> T use(Function<byte[], T> borrower) {
        byte[] copy = new byte[BYTES];
        try {
            copyTo(copy);
            return borrower.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    private synchronized void copyTo(byte[] target) {
        if (closed) {
            throw HsmException.moduleLocked("the module's master key was wiped from memory; unlock the module");
        }
        memory.read(target);
    }

    /** How the operating system protects the key, and what it refused. */
    public List<Protection> protections() {
        return memory.protections();
    }

    private synchronized void wipe() {
        if (!closed) {
            closed = true;
            memory.close();
        }
    }

    /** Wipes the key. */
    @Override
    public void close() {
        wipe();
        wipeAtExit.cancel();
    }

    @Override
    public String toString() {
        return "MasterKey[" + module + "]";
    }
}
