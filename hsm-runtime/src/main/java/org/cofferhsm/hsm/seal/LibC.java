package org.cofferhsm.hsm.seal;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/**
 * The calls of the C library that protect memory; see Linux's manual pages mmap(2), mlock(2), madvise(2), prctl(2).
 *
 * <p>Each is looked up when it is called: the proxy that JNA makes of an interface costs a short command 4 ms.
 */
final class LibC {

    private static final long MEMFD_SECRET = 447;

    private final NativeLibrary process;

    /** The library that every JVM has loaded; a {@link LinkageError} when JNA is not there or cannot be loaded. */
    LibC() {
        process = NativeLibrary.getProcess();
    }

    Pointer mmap(Pointer address, NativeLong length, int protection, int flags, int file, NativeLong offset) {
        return function("mmap").invokePointer(new Object[] {address, length, protection, flags, file, offset});
    }

    int munmap(Pointer address, NativeLong length) {
        return call("munmap", address, length);
    }

    int mlock(Pointer address, NativeLong length) {
        return call("mlock", address, length);
    }

    int madvise(Pointer address, NativeLong length, int advice) {
        return call("madvise", address, length, advice);
    }

    int ftruncate(int file, NativeLong length) {
        return call("ftruncate", file, length);
    }

    int close(int file) {
        return call("close", file);
    }

    int getpagesize() {
        return call("getpagesize");
    }

    String strerror(int error) {
        return function("strerror").invokeString(new Object[] {error}, false);
    }

    int prctl(int option, NativeLong second, NativeLong third, NativeLong fourth, NativeLong fifth) {
        return call("prctl", option, second, third, fourth, fifth);
    }

    /** {@code memfd_secret(2)}, which the C library has no name for. */
    int memfdSecret(NativeLong flags) {
        return call("syscall", new NativeLong(MEMFD_SECRET), flags);
    }

    private int call(String name, Object... arguments) {
        return function(name).invokeInt(arguments);
    }

    private Function function(String name) {
        return process.getFunction(name);
    }
}
