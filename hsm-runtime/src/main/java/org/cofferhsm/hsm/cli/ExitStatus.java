package org.cofferhsm.hsm.cli;

/** What a command tells the shell. */
final class ExitStatus {

    static final int DONE = 0;
    /** The module refused, or something failed. */
    static final int FAILED = 1;
    /** The command line is not one. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
