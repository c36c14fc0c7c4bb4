package org.cofferhsm.hsm.channel;

/** The operations of the service {@code status} ({@code docs/channel.md}). */
final class StatusOperation {

    static final int STATUS = 2;
    static final int UNLOCK = 3;
    static final int LOCK = 4;

    /** What opens the seal, in UNLOCK. */
    static final int KEY_FILE = 1;

    static final int PASSPHRASE = 2;

    private StatusOperation() {}
}
