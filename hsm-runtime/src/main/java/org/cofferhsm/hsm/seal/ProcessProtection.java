package org.cofferhsm.hsm.seal;

import com.sun.jna.NativeLong;
import java.util.Optional;

/** Protections of the whole process, which an embedding program may not want and so has to ask for. */
public final class ProcessProtection {

    private static final String NAME = "no core dumps and no debuggers";
    private static final int PR_SET_DUMPABLE = 4;

    private ProcessProtection() {}

    /** Shuts out core dumps and debuggers of the same user, by prctl(2) PR_SET_DUMPABLE. */
    public static Protection forbidDumps() {
        Optional<OperatingSystem> linux = OperatingSystem.linux();
        if (linux.isEmpty()) {
            return Protection.refused(NAME, OperatingSystem.absence());
        }
        NativeLong zero = new NativeLong(0);
        return linux.get().libc().prctl(PR_SET_DUMPABLE, zero, zero, zero, zero) == 0
                ? Protection.active(NAME, "PR_SET_DUMPABLE 0")
                : Protection.refused(NAME, "prctl: " + linux.get().lastError());
    }
}
