package org.cofferhsm.signtool.commandline.console;

/** SignTool's exit statuses. */
public final class ExitStatus {

    /** All done. */
    public static final int DONE = 0;
    /** Something failed. */
    public static final int FAILED = 1;
    /** Done, with warnings. */
    public static final int WARNED = 2;

    private ExitStatus() {}

    /** The one that stands for two commands: a failure before a warning before success. */
    public static int worse(int one, int other) {
        return one == FAILED || other == FAILED ? FAILED : Math.max(one, other);
    }
}
