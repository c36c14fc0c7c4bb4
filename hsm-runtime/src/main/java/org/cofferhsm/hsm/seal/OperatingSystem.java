package org.cofferhsm.hsm.seal;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.Optional;

/** The door to the operating system's calls, where there is one: Linux, with JNA and its native part. */
final class OperatingSystem {

    private final LibC libc;

    private OperatingSystem(LibC libc) {
        this.libc = libc;
    }

    /** Linux, when that is where this runs and its C library, which every JVM has loaded, can be called. */
    static Optional<OperatingSystem> linux() {
        try {
            return Platform.isLinux() ? Optional.of(new OperatingSystem(new LibC())) : Optional.empty();
        } catch (LinkageError e) {
            return Optional.empty(); // JNA is not there, or has no native part for this platform; reported as refused
        }
    }

    /** Why there is no door. */
    static String absence() {
        String name = System.getProperty("os.name", "this system");
        return name.equals("Linux") ? "the native part of JNA cannot be loaded" : "no way is known on " + name;
    }

    LibC libc() {
        return libc;
    }

    /** The words for the error of the last call of this thread. */
    String lastError() {
        int error = Native.getLastError();
        return libc.strerror(error) + " (errno " + error + ")";
    }
}
