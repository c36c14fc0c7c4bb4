package org.cofferhsm.hsm.command;

/** What a command tells the shell. */
public final class ExitStatus {

    public static final int DONE = 0;
    /** The module refused, or something failed. */
    public static final int FAILED = 1;
    /** The command line is not one. */
    public static final int USAGE = 2;

    private ExitStatus() {}
}
